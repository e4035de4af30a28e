// Hand-declared prototypes of the Fortran LAPACK and BLAS routines Horizon calls (Debian liblapack-dev, libblas-dev).
// Fortran passes every argument by address and appends one hidden size_t length per CHARACTER argument.
#ifndef HORIZON_LAPACK_H
#define HORIZON_LAPACK_H
#include <stddef.h>

// Cholesky factorisation of a symmetric positive definite matrix.
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info, size_t uplo_length);
// Solves A X = B with the factor from dpotrf.
void dpotrs_(const char *uplo, const int *n, const int *nrhs, const double *a, const int *lda, double *b, const int *ldb,
             int *info, size_t uplo_length);
// Inverse from the Cholesky factor.
void dpotri_(const char *uplo, const int *n, double *a, const int *lda, int *info, size_t uplo_length);
#endif
