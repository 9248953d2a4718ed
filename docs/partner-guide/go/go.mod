module partner.example/client

go 1.25
