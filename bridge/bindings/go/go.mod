module vitrine

go 1.19
