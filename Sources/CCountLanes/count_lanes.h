// The three inner loops of the counts model, four or eight level processes or draws to a vector. They are here because Swift
// cannot compile a function a second time for processors with wider vectors and choose between the two as it runs. All do the
// same operations on every lane, none of them fused, so that results are the same to the last bit on every processor.
#ifndef COUNT_LANES_H
#define COUNT_LANES_H

#include <stdint.h>

#pragma STDC FP_CONTRACT OFF

/// One number for each of four or eight level processes; in memory aligned as a number, as Swift's arrays are.
typedef double count_lanes __attribute__((ext_vector_type(4), aligned(8)));
typedef double count_lanes_8 __attribute__((ext_vector_type(8), aligned(8)));
typedef uint64_t count_lane_bits_8 __attribute__((ext_vector_type(8), aligned(8)));

#define COUNT_LANES_BODY static inline __attribute__((always_inline))

// MARK: levels

/// What all processes share of a period.
struct count_lanes_period {
  /// Events per standard exposure; 0 where missing, where gains are 0 too.
  double rate;
  /// Season x exposure.
  double scale;
  /// The slow level that reverting processes return to.
  double slow;
  /// No level is below this: half an event in all exposure seen before, and one more.
  double floor;
  /// 1 where observed, 0 where missing.
  double seen;
};

/// What tells the processes from each other: of the groups 2 and 3 the reversion, of the last the damping of the trend and
/// the trend's share of a step.
struct count_lanes_processes {
  count_lanes reversion[2], damping, trend_share;
};

/// Where the processes are after a period (two groups of steady levels, two of reverting ones, one of trending ones), and
/// what they expected on the way.
struct count_lanes_levels {
  count_lanes level[5], trend;
  /// Sums of the expected counts of observed periods.
  count_lanes sum[5];
  /// The smallest and the largest expected count, whichever the group.
  count_lanes low, high;
};

// Vectors are handed over by address: how they are passed by value depends on the processor.
COUNT_LANES_BODY void count_lanes_raise(count_lanes *a, const count_lanes *b) { *a = *a > *b ? *a : *b; }
COUNT_LANES_BODY void count_lanes_lower(count_lanes *a, const count_lanes *b) { *a = *a < *b ? *a : *b; }

/// A history to run over.
struct count_lanes_course {
  /// One more than there are periods, the last being the state after them.
  const struct count_lanes_period *periods;
  /// The thirteen vectors of `count_lanes_levels` where the processes start, sums 0; receives where they end.
  double *levels;
  /// Receives expected counts, eight numbers a period, those of a group of four from its offset on.
  double *means;
  const int64_t *offsets;
};

// Two histories are run side by side, for one process waits for its period before.
COUNT_LANES_BODY void count_lanes_filter_body(
    const struct count_lanes_course *courses, int number, int64_t count, const count_lanes *gains,
    const struct count_lanes_processes *processes) {
  struct count_lanes_levels levels[2];
  struct count_lanes_processes p = *processes;
  for (int i = 0; i < number; i++) levels[i] = *(const struct count_lanes_levels *)courses[i].levels;
  for (int64_t t = 0; t < count; t++) {
    const count_lanes *gain = gains + 5 * t;
#pragma unroll
    for (int i = 0; i < number; i++) {
      struct count_lanes_levels *at = &levels[i];
      struct count_lanes_period now = courses[i].periods[t];
      // No level is below the floor of its period: a steady one was held to a higher one the period before.
      count_lanes floor = now.floor, next_floor = courses[i].periods[t + 1].floor;
      count_lanes drifted = p.damping * at->trend;
      at->level[2] = now.slow + p.reversion[0] * (at->level[2] - now.slow);
      at->level[3] = now.slow + p.reversion[1] * (at->level[3] - now.slow);
      at->level[4] += drifted;
#pragma unroll
      for (int group = 0; group < 5; group++) {
        count_lanes expected = at->level[group];
        if (group > 1) count_lanes_raise(&expected, &floor);
        count_lanes mean = expected * now.scale;
        *(count_lanes *)(courses[i].means + courses[i].offsets[group] + 8 * t) = mean;
        at->sum[group] += mean * now.seen;
        count_lanes_lower(&at->low, &mean);
        count_lanes_raise(&at->high, &mean);
        count_lanes step = gain[group] * (now.rate - expected);
        at->level[group] = expected + step;
        count_lanes_raise(&at->level[group], &next_floor);
        if (group == 4) at->trend = drifted + p.trend_share * step;
      }
    }
  }
  for (int i = 0; i < number; i++) *(struct count_lanes_levels *)courses[i].levels = levels[i];
}

// MARK: sums of logarithms

/// The counts of a series as sets of periods: the observed ones, then those whose counts have the binary digit of place 0,
/// 1, ...; and what is left of counts that are not whole.
struct count_lanes_digits {
  const int32_t *periods;
  /// Ends of these sets in `periods`, the number of places and one more of them.
  const int64_t *ends;
  int64_t places;
  const int32_t *rest_periods;
  const double *rest_weights;
  int64_t rests;
};

/// A product of many positive factors: mantissa within 1..<2 and binary exponent apart, so that none leaves the range of a
/// double.
struct count_lanes_product {
  count_lanes_8 mantissa, exponent;
};

/// `factor` is a normal positive number below 2^1022.
COUNT_LANES_BODY void count_lanes_multiply(struct count_lanes_product *product, const count_lanes_8 *factor) {
  count_lane_bits_8 bits = (count_lane_bits_8)(product->mantissa * *factor);
  // The biased exponent as the last bits of 2^52, which is a number without a conversion.
  count_lanes_8 high = (count_lanes_8)((bits >> 52) | 0x4330000000000000);
  product->exponent += high - (0x1p52 + 1023);
  product->mantissa = (count_lanes_8)((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000);
}

COUNT_LANES_BODY void count_lanes_square(struct count_lanes_product *product) {
  product->exponent *= 2;
  count_lanes_8 factor = product->mantissa;
  count_lanes_multiply(product, &factor);
}

/// Adds `weight` times the natural logarithm, which is right to an ulp or two of the larger of 1 and itself: log m = log c +
/// 2 artanh((m - c) / (m + c)) with c the square root of 2, and the power series of artanh, whose argument is below 0.172.
COUNT_LANES_BODY void count_lanes_add_logarithm(
    count_lanes_8 *sum, double weight, const struct count_lanes_product *product) {
  count_lanes_8 s = (product->mantissa - 1.4142135623730951) / (product->mantissa + 1.4142135623730951);
  count_lanes_8 z = s * s;
  count_lanes_8 series = z * (1.0 / 19) + 1.0 / 17;
  series = series * z + 1.0 / 15;
  series = series * z + 1.0 / 13;
  series = series * z + 1.0 / 11;
  series = series * z + 1.0 / 9;
  series = series * z + 1.0 / 7;
  series = series * z + 1.0 / 5;
  series = series * z + 1.0 / 3;
  series = series * z + 1;
  *sum += weight * (product->exponent * 0.6931471805599453 + (2 * s * series + 0.34657359027997264));
}

/// Multiplies the four products by mean + size of the periods listed, `most` of which cannot leave the range of a double.
COUNT_LANES_BODY void count_lanes_factors(
    const count_lanes_8 *means, const int32_t *periods, int64_t count, int64_t most, const double *sizes,
    struct count_lanes_product *products) {
  for (int64_t i = 0; i < count;) {
    int64_t end = count - i < most ? count : i + most;
    count_lanes_8 a = 1, b = 1, c = 1, d = 1;
    for (; i < end; i++) {
      count_lanes_8 mean = means[periods[i]];
      a *= mean + sizes[0];
      b *= mean + sizes[1];
      c *= mean + sizes[2];
      d *= mean + sizes[3];
    }
    count_lanes_multiply(&products[0], &a);
    count_lanes_multiply(&products[1], &b);
    count_lanes_multiply(&products[2], &c);
    count_lanes_multiply(&products[3], &d);
  }
}

COUNT_LANES_BODY void count_lanes_log_sums_body(
    struct count_lanes_digits counts, const count_lanes_8 *means, int64_t most, const double *sizes, count_lanes_8 *sums) {
  struct count_lanes_product one = {1, 0}, powers[4] = {one, one, one, one}, plain[4] = {one, one, one, one};
  double r[4] = {sizes[0], sizes[1], sizes[2], sizes[3]};
  for (int64_t place = counts.places; place > 0; place--) {
    for (int k = 0; k < 4; k++) count_lanes_square(&powers[k]);
    int64_t start = counts.ends[place - 1];
    count_lanes_factors(means, counts.periods + start, counts.ends[place] - start, most, r, powers);
  }
  count_lanes_factors(means, counts.periods, counts.ends[0], most, r, plain);
  for (int k = 0; k < 4; k++) {
    sums[k] = 0;
    count_lanes_add_logarithm(&sums[k], r[k], &plain[k]);
    count_lanes_add_logarithm(&sums[k], 1, &powers[k]);
    for (int64_t i = 0; i < counts.rests; i++) {
      struct count_lanes_product rest = one;
      count_lanes_8 factor = means[counts.rest_periods[i]] + r[k];
      count_lanes_multiply(&rest, &factor);
      count_lanes_add_logarithm(&sums[k], counts.rest_weights[i], &rest);
    }
  }
}

// MARK: draws

/// log(1 + x) for x >= 0: that of the sum as it is rounded, and what rounding has lost (Goldberg 1991, "What every computer
/// scientist should know about floating-point arithmetic", theorem 4, as a first-order term).
COUNT_LANES_BODY void count_lanes_logarithm_1p(count_lanes_8 *x) {
  count_lanes_8 sum = 1 + *x;
  struct count_lanes_product product = {1, 0};
  count_lanes_multiply(&product, &sum);
  count_lanes_8 logarithm = (*x - (sum - 1)) / sum;
  count_lanes_add_logarithm(&logarithm, 1, &product);
  *x = logarithm;
}

/// e to the x for -700 <= x <= 0 (Cody & Waite 1980): x = n log 2 + r, the Taylor polynomial of e^r, and 2^n from its bits.
COUNT_LANES_BODY void count_lanes_exponential(count_lanes_8 *x) {
  count_lanes_8 shifted = *x * 1.4426950408889634 + 0x1.8p52;
  count_lanes_8 n = shifted - 0x1.8p52;
  count_lanes_8 r = (*x - n * 0.6931471803691238) - n * 1.9082149292705877e-10;
  count_lanes_8 sum = r * (1 / 479001600.0) + 1 / 39916800.0;
  sum = sum * r + 1 / 3628800.0;
  sum = sum * r + 1 / 362880.0;
  sum = sum * r + 1 / 40320.0;
  sum = sum * r + 1 / 5040.0;
  sum = sum * r + 1 / 720.0;
  sum = sum * r + 1 / 120.0;
  sum = sum * r + 1 / 24.0;
  sum = sum * r + 1 / 6.0;
  sum = sum * r + 0.5;
  sum = sum * r + 1;
  sum = sum * r + 1;
  *x = sum * (count_lanes_8)(((count_lane_bits_8)shifted + 1023) << 52);
}

typedef int64_t count_lane_masks_8 __attribute__((ext_vector_type(8), aligned(8)));

COUNT_LANES_BODY int64_t count_lanes_any(const count_lane_masks_8 *mask) { return __builtin_reduce_or(*mask); }

COUNT_LANES_BODY void count_lanes_quantiles_body(
    const count_lanes_8 *u, const count_lanes_8 *mean, const count_lanes_8 *dispersion, count_lanes_8 *counts) {
  count_lanes_8 m = *mean;
  count_lanes_8 y = 0;
  // None at all is at least as likely as under Poisson, e^-m, of which this is less. It decides most draws of sparse counts.
  count_lanes_8 least = 1 - m * (1 - m * (0.5 - m * (1.0 / 6)));
  count_lane_masks_8 unsure = *u > least;
  if (count_lanes_any(&unsure)) {
    count_lanes_8 d = *dispersion;
    d = d > 1e-9 ? d : 1e-9;
    count_lanes_8 x = d * m;
    count_lanes_8 step = m / (1 + x);
    count_lanes_logarithm_1p(&x);
    count_lanes_8 p = -x / d;
    count_lanes_exponential(&p);
    count_lanes_8 sum = p;
    for (double k = 0; k < 1e6;) {
      // Beyond the bulk what is left soon has no share that adding up would show: there a quantile ends.
      count_lane_masks_8 active = (*u > sum) & ((p > 1e-18) | (m > k));
      if (!count_lanes_any(&active)) break;
      count_lanes_8 sought = active ? *u : 0;
#pragma unroll
      for (int i = 0; i < 4; i++) {
        y += (count_lanes_8)((sought > sum) & (count_lane_masks_8)(count_lanes_8)1.0);
        p *= (1 + k * d) * (step * (1 / (k + 1)));
        sum += p;
        k += 1;
      }
    }
  }
  *counts = y;
}

// MARK: with the widest vectors there are

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void count_lanes_filter_avx2(
    const struct count_lanes_course *courses, int number, int64_t count, const count_lanes *gains,
    const struct count_lanes_processes *processes) {
  if (number == 2)
    count_lanes_filter_body(courses, 2, count, gains, processes);
  else
    count_lanes_filter_body(courses, 1, count, gains, processes);
}

__attribute__((target("avx2"))) static void count_lanes_log_sums_avx2(
    struct count_lanes_digits counts, const count_lanes_8 *means, int64_t most, const double *sizes, count_lanes_8 *sums) {
  count_lanes_log_sums_body(counts, means, most, sizes, sums);
}

__attribute__((target("avx2"))) static void count_lanes_quantiles_avx2(
    const count_lanes_8 *u, const count_lanes_8 *mean, const count_lanes_8 *dispersion, count_lanes_8 *counts) {
  count_lanes_quantiles_body(u, mean, dispersion, counts);
}

__attribute__((target("avx512f,avx512dq"))) static void count_lanes_quantiles_avx512(
    const count_lanes_8 *u, const count_lanes_8 *mean, const count_lanes_8 *dispersion, count_lanes_8 *counts) {
  count_lanes_quantiles_body(u, mean, dispersion, counts);
}

__attribute__((target("avx512f,avx512dq"))) static void count_lanes_log_sums_avx512(
    struct count_lanes_digits counts, const count_lanes_8 *means, int64_t most, const double *sizes, count_lanes_8 *sums) {
  count_lanes_log_sums_body(counts, means, most, sizes, sums);
}
#endif

/// Runs twenty processes over one or two histories of `count` periods with the same gaps. Numbers come in fours.
///
/// gains: Kalman gains, five vectors a period. processes: the four vectors of `count_lanes_processes`.
static inline void count_lanes_filter(
    const struct count_lanes_course *courses, int number, int64_t count, const double *gains, const double *processes) {
  const count_lanes *k = (const count_lanes *)gains;
  const struct count_lanes_processes *p = (const struct count_lanes_processes *)processes;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return count_lanes_filter_avx2(courses, number, count, k, p);
#endif
  count_lanes_filter_body(courses, number, count, k, p);
}

/// Sums of (count + size) log(mean + size) over the observed periods, for four sizes and eight processes.
///
/// It takes two logarithms a size: that of the product of mean + size, and that of the product of (mean + size)^count, by
/// Horner's rule in the binary places of the counts: the square of what the higher places give, times mean + size of the
/// periods whose count has the place's digit.
///
/// means: eight a period, >= 0 (> 0 if a size is 0). most: so many factors stay within 2^-1000 and 2^1000. sizes: four.
/// sums: receives eight a size.
static inline void count_lanes_log_sums(
    struct count_lanes_digits counts, const double *means, int64_t most, const double *sizes, double *sums) {
  const count_lanes_8 *m = (const count_lanes_8 *)means;
  count_lanes_8 *s = (count_lanes_8 *)sums;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512dq")) return count_lanes_log_sums_avx512(counts, m, most, sizes, s);
  if (__builtin_cpu_supports("avx2")) return count_lanes_log_sums_avx2(counts, m, most, sizes, s);
#endif
  count_lanes_log_sums_body(counts, m, most, sizes, s);
}

/// Quantiles of eight negative binomials: the least counts with at least `u` of the probability at or below them.
///
/// Probabilities are added up from none on, each from the one before (Johnson, Kemp & Kotz 2005, Univariate Discrete
/// Distributions, 3rd ed., 5.2.3): the cost is that of the largest count.
///
/// u: eight numbers in (0, 1). means: within 0 and 500, or where nothing at all has probability is out of reach. dispersions:
/// 1 / size, >= 0. counts: receives eight; at most a million.
static inline void count_lanes_quantiles(
    const double *u, const double *means, const double *dispersions, double *counts) {
  const count_lanes_8 *v = (const count_lanes_8 *)u;
  const count_lanes_8 *m = (const count_lanes_8 *)means;
  const count_lanes_8 *d = (const count_lanes_8 *)dispersions;
  count_lanes_8 *y = (count_lanes_8 *)counts;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512dq")) return count_lanes_quantiles_avx512(v, m, d, y);
  if (__builtin_cpu_supports("avx2")) return count_lanes_quantiles_avx2(v, m, d, y);
#endif
  count_lanes_quantiles_body(v, m, d, y);
}

#endif
