"""Believable values for the elements of a record that no story decides.

A builder (`employers`, `cases`, `clients`) sets what has to agree within and between records; the rest is drawn here,
by the element's name where there is something sensible to draw from, by its options or type otherwise. A new element
in the catalogue is therefore filled without a change of code.
"""

import random
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

from audit.canonical import JsonValue
from gateway.domain.element import Element, RecordType

Draw = Callable[[random.Random], JsonValue]

_CHOICES: Mapping[str, tuple[JsonValue, ...]] = {
    "education_requirement": ("None", "Secondary school", "College or apprenticeship", "University degree"),
    "probation_duration": ("None", "90 days", "3 months"),
    "benefits": ("None", "Extended health after 90 days", "Dental and disability insurance"),
    "duties": (
        "Pick, sort and pack by hand; load trailers.",
        "Prepare and cook meals; keep the kitchen clean.",
        "Drive and inspect the vehicle; keep the log.",
        "Assist trades; carry and clear materials.",
    ),
    "requirements": ("No experience needed.", "One year of experience.", "Able to lift 20 kg.", "Valid licence."),
    "reason_not_hired": ("Applicants were not available for the season.", "No applicant met the requirements."),
    "labour_market_benefits": ("Keeps the line running and 12 local jobs.", "Transfer of skills to local staff."),
    "transition_plan": ("Apprenticeship with the college planned.", "Referral bonus for local hires."),
    "esdc_comments": ("Wage verified against the regional median.", "Housing report received; no concern."),
    "officer_assessment": ("Genuine offer; history of two positive assessments.", "Recruitment effort adequate."),
    "persons_involved": (),
    "photos_ref": (),
    "second_work_location": (),
    "recruitment_methods": (["Job Bank", "local newspaper"], ["Job Bank", "union hall", "job fair"]),
    "documents_requested": (["payroll", "time sheets"], ["payroll", "contracts", "bank records"]),
    "third_party_documents": (["bank statements"], ["payroll service report"], ["recruiter contract"]),
    "justification_claimed": (None, "R209.3(3)", "R209.2(4)"),
    "accommodation_findings": (
        "Nine beds in four rooms, one bathroom; smoke alarm missing.",
        "Rooms clean; rent withheld exceeds the contract.",
    ),
    "employer_interview_notes": ("Owner states hours were entered by a clerk.", "Manager could not find time sheets."),
    "penalty_deliberations": (
        "Considered 6 points for abuse and 2 for gain; ban of one year discussed.",
        "Voluntary disclosure lowers the points by two; no ban proposed.",
    ),
    "medical_detail": (
        "Sprained wrist and dizziness; clinic advised five days of rest.",
        "Treated for dehydration; follow-up missed because the employer refused leave.",
    ),
    "caseworker_notes": ("Call back after shift, not before 19:00.", "Shelter bed confirmed; transport arranged."),
    "facts_balance_of_probabilities": (
        "Hours and pay stubs differ; account consistent with two witnesses.",
        "Photographs of the housing agree with the account.",
    ),
    "retaliation_risk": ("HIGH", "MEDIUM", "LOW"),
    "closed_reason": (None,),
    "interview_location": ("Public library, study room", "Community health centre", "By telephone, from a friend's"),
    "preferred_pronouns": ("she/her", "he/him", "they/them"),
    "gender": ("WOMAN", "MAN", "X"),
    "access_to_transportation": ("BUS", "CAR", "NONE"),
    "immigration_status": ("PR", "CITIZEN", "WORK_PERMIT"),
    "marital_status": ("SINGLE", "MARRIED", "SEPARATED", "COMMON_LAW"),
    "indigenous": ("NO", "FIRST_NATIONS", "METIS"),
    "person_with_disability": ("NO", "YES", "PREFER_NOT"),
    "racialized": ("NO", "YES", "PREFER_NOT"),
    "ow_case_status": ("ACTIVE", "PENDING", "CLOSED"),
    "employment_status": ("UNEMPLOYED", "PART_TIME", "EMPLOYED"),
    "highest_education": ("12", "SOME_COLLEGE", "DIPLOMA", "BACHELOR"),
    "education_country": ("CAN", "PHL", "IND"),
    "target_occupations": (["63200", "65201"], ["75110"], ["33102"]),
    "service_needs": (["HOUSING"], ["CHILDCARE", "TRANSPORT"], ["MENTAL_HEALTH"]),
    "eap_goal": ("Full-time work in food service", "Finish secondary school", "Enter an apprenticeship"),
    "ca_part2_barriers": (
        "Unstable housing since spring; no childcare for evening shifts.",
        "Chronic pain limits standing; waiting for a specialist.",
    ),
    "absence_reason": ("Was ill and had no telephone.", "Child's school closed.", "Bus did not come."),
    "case_notes": (
        "Missed two appointments; prefers text messages.",
        "Started the course; books paid.",
        "Asks for safety boots before the first shift.",
    ),
    "answer_education": ("Left school in grade 11.", "Diploma from another country, not yet assessed."),
    "answer_work_history": ("Two short jobs in the last year.", "Ten years in one kitchen, then laid off."),
    "answer_housing": ("Couch of a friend until the end of the month.", "Rent takes two thirds of the income."),
    "answer_health": ("Back pain after long standing.", "No concern."),
    "answer_mental_health": ("Sees a counsellor each week.", "In recovery for eight months."),
    "answer_disability": ("Asks for written instructions.", "No accommodation asked for."),
    "answer_childcare": ("Two children, no care after 17:00.", "No dependants."),
    "answer_legal": ("Peace bond expires in the spring.", "None."),
    "answer_violence": ("Left a violent partner last year.", "None reported."),
    "answer_income": ("Owes a payday lender.", "Income from Ontario Works alone."),
    "answer_language": ("Reads with difficulty in English.", "Fluent in French, some English."),
    "assessor_notes": ("Tearful when asked about home; do not press.", "Motivated; wants evening work."),
    "counsellor_notes": ("Employer called about lateness; client has no car.", "Asks to change the goal."),
    "goal": ("Full-time work in food service", "Finish secondary school", "Enter an apprenticeship"),
    "health_detail": ("Waiting for surgery on the knee.", "Diabetic; needs regular breaks."),
    "ca_version": ("3.0",),
    "consent_version": ("2025-1",),
    "noc_version": ("2021",),
}
_INTEGERS: Mapping[str, tuple[int, int]] = {
    "dependants_count": (0, 4),
    "time_out_of_work_months": (0, 48),
    "satisfaction_rating": (1, 5),
    "vacation_days": (10, 20),
    "canadians_applied": (0, 25),
    "canadians_interviewed": (0, 5),
    "hours_per_week": (15, 40),
    "severity_c2_abuse": (0, 10),
    "caseload": (40, 110),
    "work_permits_revoked": (0, 4),
}
_DECIMALS: Mapping[str, tuple[int, int]] = {
    "accommodation_rent": (0, 60000),
    "overtime_rate": (2400, 4500),
    "hourly_wage": (1720, 3100),
    "hours_per_day": (600, 1000),
    "ca_risk_score": (5, 95),
    "risk_score": (5, 95),
}


class Filler:
    """Fills a record type's missing elements. `today` is the day the world is seen from."""

    def __init__(self, record_type: RecordType, today: date) -> None:
        self._draws = [(name, _draw(element, today)) for name, element in record_type.elements.items()]

    def fill(self, rng: random.Random, values: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Every element of the record type, in the catalogue's order."""
        return {name: values[name] if name in values else draw(rng) for name, draw in self._draws}


def _draw(element: Element, today: date) -> Draw:
    choices = _CHOICES.get(element.name)
    if choices is not None and (not element.options or set(choices) <= set(element.options)):
        sensible = choices or (None,)
        return lambda rng: rng.choice(sensible)
    if element.options:
        return lambda rng: rng.choice(element.options)
    return _by_type(element, today)


def _by_type(element: Element, today: date) -> Draw:
    match element.type:
        case "boolean":
            return lambda rng: rng.random() < 0.3
        case "integer":
            low, high = _INTEGERS.get(element.name, (0, 6))
            return lambda rng: rng.randint(low, high)
        case "decimal":
            least, most = _DECIMALS.get(element.name, (100, 5000))
            return lambda rng: f"{rng.randint(least, most) / 100:.2f}"
        case "date":
            return lambda rng: (today - timedelta(days=rng.randrange(20, 900))).isoformat()
        case "datetime":
            return lambda rng: moment(rng, today - timedelta(days=rng.randrange(5, 300)))
        case "text" | "string":
            title = element.label_en
            return lambda rng: f"{title}, noted {today - timedelta(days=rng.randrange(5, 300))}"
        case "reference" | "code":
            prefix = "".join(part[0] for part in element.name.split("_")).upper()
            return lambda rng: f"{prefix}-{rng.randrange(10**7, 10**8)}"
        case "staff-id":
            return lambda rng: f"staff-{rng.randrange(100, 999)}"
        case "string-list":
            return lambda rng: []
        case "country":
            return lambda rng: rng.choice(("MEX", "GTM", "JAM", "PHL", "IND", "MAR", "TUN"))
        case _:
            return lambda rng: None


def moment(rng: random.Random, day: date) -> str:
    """A UTC time of a working day, `YYYY-MM-DDTHH:MM:SSZ`."""
    at = datetime(day.year, day.month, day.day, rng.randrange(13, 22), rng.randrange(60), tzinfo=UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
