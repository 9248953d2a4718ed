module regal-pinned

go 1.24.3

require github.com/styrainc/regal v0.34.1
