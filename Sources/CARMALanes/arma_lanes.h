// The exact likelihood of ARMA processes for four or eight sets of parameters at a time, one to a lane of a vector: a point of
// a search and its neighbours, from which its slopes are had. It is here because Swift cannot compile a function a second
// time for processors with wider vectors and choose between the two as it runs. All do the same operations on every lane,
// none of them fused, so that results are the same to the last bit on every processor.
#ifndef ARMA_LANES_H
#define ARMA_LANES_H

#include <stdint.h>

#pragma STDC FP_CONTRACT OFF

#define ARMA_LANES_BODY static inline __attribute__((always_inline))

/// What is to be filtered, and where its sums go.
struct arma_lanes_task {
  /// Periods; and columns: regressors, then the values themselves.
  int64_t count, columns;
  /// `columns` numbers a period.
  const double *data;
  /// For each column the first period in which it is not 0.
  const int64_t *first;
  /// Degrees of the polynomials 1 - ar_1 B - ... and 1 + ma_1 B + ..., and their coefficients, as many numbers each as there
  /// are lanes.
  int64_t ar_order, ma_order;
  const double *ar, *ma;
  /// Room for `arma_lanes_room` numbers a lane.
  double *work;
  /// Receives, a row at a time, the lower triangle of the columns' sums of products of innovations by their variance.
  double *sums;
  /// Receives products of the innovations' variances, by sixteen periods, then the variance after the last period and
  /// that before the first.
  double *variances;
};

/// Numbers of work space a lane.
static inline int64_t arma_lanes_room(int64_t ar_order, int64_t ma_order, int64_t columns) {
  int64_t size = (ar_order > ma_order + 1 ? ar_order : ma_order + 1) + 1;
  return (7 + columns) * size + 3 * ma_order + 2 * columns + 8;
}

typedef double arma_lanes_4 __attribute__((ext_vector_type(4), aligned(8)));
typedef double arma_lanes_8 __attribute__((ext_vector_type(8), aligned(8)));

#define ARMA_LANES arma_lanes_4
#define ARMA_LANES_WIDTH 4
#define ARMA_LANES_NAME(name) arma_lanes_##name##_4
#include "arma_lanes_body.h"
#undef ARMA_LANES
#undef ARMA_LANES_WIDTH
#undef ARMA_LANES_NAME

#define ARMA_LANES arma_lanes_8
#define ARMA_LANES_WIDTH 8
#define ARMA_LANES_NAME(name) arma_lanes_##name##_8
#include "arma_lanes_body.h"
#undef ARMA_LANES
#undef ARMA_LANES_WIDTH
#undef ARMA_LANES_NAME

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void arma_lanes_filter_4_avx2(const struct arma_lanes_task *task) {
  arma_lanes_body_4(task);
}

__attribute__((target("avx2"))) static void arma_lanes_filter_8_avx2(const struct arma_lanes_task *task) {
  arma_lanes_body_8(task);
}

__attribute__((target("avx512f,avx512dq"))) static void arma_lanes_filter_8_avx512(const struct arma_lanes_task *task) {
  arma_lanes_body_8(task);
}
#endif

/// Filters with four sets of parameters.
static inline void arma_lanes_filter_4(const struct arma_lanes_task *task) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return arma_lanes_filter_4_avx2(task);
#endif
  arma_lanes_body_4(task);
}

/// Filters with eight sets of parameters.
static inline void arma_lanes_filter_8(const struct arma_lanes_task *task) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512dq")) return arma_lanes_filter_8_avx512(task);
  if (__builtin_cpu_supports("avx2")) return arma_lanes_filter_8_avx2(task);
#endif
  arma_lanes_body_8(task);
}

#endif
