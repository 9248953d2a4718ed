// What a page does more where scripts run: clocks that count, an error summary that takes the focus, a form that is not
// sent twice. Everything here can be missing; nothing here knows a value of a form.
"use strict";
(() => {
  const shown = (element, milliseconds) => {
    const minutes = Math.floor(milliseconds / 60000);
    const { late, one, many, hours, days } = element.dataset;
    if (minutes < 0) return late;
    if (minutes < 120) return (minutes === 1 ? one : many).replace("{0}", minutes);
    if (minutes < 2880) return hours.replace("{0}", Math.floor(minutes / 60));
    return days.replace("{0}", Math.floor(minutes / 1440));
  };
  const tick = () => {
    for (const element of document.querySelectorAll("time.clock")) {
      const left = Date.parse(element.dateTime) - Date.now();
      const text = shown(element, left);
      if (element.textContent !== text) element.textContent = text;
      element.classList.toggle("late", left < 0);
    }
  };
  tick();
  setInterval(tick, 10000);
  document.addEventListener("htmx:after:swap", tick);
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "1";
    setTimeout(() => delete event.target.dataset.sent, 4000);
  });
  window.addEventListener("pageshow", (event) => {
    // A page kept by the browser is asked for again, so that nothing is shown after sign-out.
    if (event.persisted) location.reload();
  });
  // New entries are said, and nothing of the page moves. It asks while somebody looks, and ends when the session does.
  const news = document.querySelector("[data-news]");
  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(news.dataset.news, { redirect: "error", headers: { accept: "application/json" } });
      if (!answer.ok) return;
      const { said } = await answer.json();
      if (!said || news.dataset.said === said) return;
      news.dataset.said = said;
      const link = document.createElement("a");
      link.href = news.dataset.to;
      link.textContent = news.dataset.show;
      news.replaceChildren(`${said} `, link);
    } catch {
      clearInterval(asking);
    }
  };
  const asking = news ? setInterval(ask, 15000) : 0;
  // What takes a while says how far it is, and at its end where the result is.
  const far = document.querySelector("[data-progress]");
  const measure = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(far.dataset.progress, { redirect: "error", headers: { accept: "application/json" } });
      if (!answer.ok) return;
      const { said, value, ended } = await answer.json();
      const bar = document.querySelector("main progress");
      if (bar) bar.value = ended ? bar.max : value;
      if (far.textContent !== said) far.textContent = said;
      if (!ended) return;
      const link = document.createElement("a");
      link.href = far.dataset.to;
      link.textContent = far.dataset.show;
      far.append(" ", link);
      clearInterval(measuring);
    } catch {
      clearInterval(measuring);
    }
  };
  const measuring = far ? setInterval(measure, 1500) : 0;
  // A file that somebody chooses is read into the text of the form; it goes nowhere else.
  for (const field of document.querySelectorAll("[data-file]")) {
    const chosen = field.querySelector("input");
    field.hidden = false;
    chosen.addEventListener("change", async () => {
      const [file] = chosen.files;
      const long = file && file.size > Number(chosen.dataset.most);
      field.querySelector(".error").textContent = long ? chosen.dataset.long : "";
      if (file && !long) document.getElementById(field.dataset.file).value = await file.text();
      chosen.value = "";
    });
  }
  // The fingerprint of a paper, computed here: the file is sent nowhere.
  for (const part of document.querySelectorAll("[data-digest]")) {
    if (!globalThis.crypto?.subtle) break;
    part.hidden = false;
    part.querySelector("input").addEventListener("change", async ({ target }) => {
      const bytes = target.files[0] && (await target.files[0].arrayBuffer());
      if (!bytes) return;
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      const text = btoa(String.fromCharCode(...digest)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
      document.getElementById(part.dataset.digest).value = text;
    });
  }
  document.querySelector("[data-focus]")?.focus();
  for (const menu of document.querySelectorAll("details.menu, details.group")) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  }
})();
// Signing out at the provider follows by itself.
document.querySelector("form[data-send]")?.requestSubmit();
