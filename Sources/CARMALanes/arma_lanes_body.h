// The body of arma_lanes.h for one width of vectors, ARMA_LANES.

/// Whether no lane of any of the numbers lies further from 0 than 1e-7.
ARMA_LANES_BODY int ARMA_LANES_NAME(vanished)(const ARMA_LANES *x, int64_t count) {
  ARMA_LANES largest = 0;
  for (int64_t i = 0; i < count; i++) {
    ARMA_LANES size = x[i] * x[i];
    largest = size > largest ? size : largest;
  }
  for (int k = 0; k < ARMA_LANES_WIDTH; k++)
    if (!(largest[k] < 1e-14)) return 0;
  return 1;
}

/// Autocovariances of lags 0 ... `last` of the autoregression, for errors of variance 1 (Levinson & Durbin, down and up).
///
/// phi: `order` coefficients. down, up: room for as many. gamma: receives `last` + 1.
ARMA_LANES_BODY void ARMA_LANES_NAME(autoregression)(
    const ARMA_LANES *phi, int64_t order, ARMA_LANES *down, ARMA_LANES *up, ARMA_LANES *gamma, int64_t last) {
  for (int64_t i = 0; i < order; i++) down[i] = phi[i];
  // down[j] ends as the partial autocorrelation of lag j + 1.
  ARMA_LANES variance = 1;
  for (int64_t j = order - 1; j >= 0; j--) {
    ARMA_LANES a = down[j];
    ARMA_LANES scale = 1 / (1 - a * a);
    variance *= scale;
    for (int64_t i = 0; 2 * i < j; i++) {
      ARMA_LANES low = down[i], high = down[j - 1 - i];
      down[i] = (low + a * high) * scale;
      down[j - 1 - i] = (high + a * low) * scale;
    }
  }
  gamma[0] = variance;
  for (int64_t j = 0; j < order && j < last; j++) {
    ARMA_LANES a = down[j];
    ARMA_LANES sum = a * gamma[0];
    // The best predictor from j + 1 values, and its covariance with the next.
    for (int64_t i = 0; 2 * i < j; i++) {
      ARMA_LANES low = up[i], high = up[j - 1 - i];
      up[i] = low - a * high;
      up[j - 1 - i] = high - a * low;
    }
    up[j] = a;
    for (int64_t i = 0; i < j; i++) sum += up[i] * gamma[j - i];
    gamma[j + 1] = sum;
  }
  for (int64_t k = order + 1; k <= last; k++) {
    ARMA_LANES sum = 0;
    for (int64_t i = 0; i < order; i++) sum += phi[i] * gamma[k - 1 - i];
    gamma[k] = sum;
  }
}

/// The exact likelihood by the fast recursions of Morf, Sidhu & Kailath (1974, IEEE Transactions on Automatic Control 19,
/// 315-323): the covariance of a stationary state changes by a matrix of rank one from period to period, so that vectors
/// are carried in its place.
ARMA_LANES_BODY void ARMA_LANES_NAME(body)(const struct arma_lanes_task *task) {
  const int64_t p = task->ar_order, q = task->ma_order, columns = task->columns;
  const int64_t r = p > q + 1 ? p : q + 1;
  const ARMA_LANES *phi = (const ARMA_LANES *)task->ar, *theta = (const ARMA_LANES *)task->ma;
  ARMA_LANES *gain = (ARMA_LANES *)task->work, *change = gain + r + 1, *state = change + r + 1;
  ARMA_LANES *gamma = state + columns * (r + 1), *base = gamma + r + 1;
  ARMA_LANES *psi = base + r + 1 + q, *down = psi + r + 1, *up = down + r + 1, *products = up + r + 1;
  ARMA_LANES *error = products + q + 1;
  ARMA_LANES *sums = (ARMA_LANES *)task->sums, *variances = (ARMA_LANES *)task->variances;

  // Autocovariances: of the autoregression, then of its moving average.
  ARMA_LANES_NAME(autoregression)(phi, p, down, up, base, r - 1 + q);
  if (p == 0) for (int64_t k = 1; k <= r - 1 + q; k++) base[k] = 0;
  for (int64_t k = 0; k < r; k++) gamma[k] = 0;
  for (int64_t h = 0; h <= q; h++) {
    ARMA_LANES sum = h == 0 ? (ARMA_LANES)1.0 : theta[h - 1];
    for (int64_t i = 0; i + h < q; i++) sum += theta[i] * theta[i + h];
    products[h] = sum;
  }
  for (int64_t h = 0; h <= q; h++) {
    int silent = 1;
    for (int k = 0; k < ARMA_LANES_WIDTH; k++) silent = silent && products[h][k] == 0;
    if (silent) continue;
    for (int64_t k = 0; k < r; k++) {
      gamma[k] += products[h] * base[k + h];
      if (h > 0) gamma[k] += products[h] * base[k > h ? k - h : h - k];
    }
  }
  // Weights of past errors in a value.
  psi[0] = 1;
  for (int64_t k = 1; k < r; k++) {
    ARMA_LANES sum = k <= q ? theta[k - 1] : (ARMA_LANES)0.0;
    for (int64_t j = 0; j < p && j < k; j++) sum += phi[j] * psi[k - 1 - j];
    psi[k] = sum;
  }
  // Covariance of the state with the value before it.
  for (int64_t i = 0; i <= r; i++) gain[i] = 0;
  for (int64_t j = 1; j <= p; j++) {
    for (int64_t i = 1; i <= j; i++) gain[i - 1] += phi[j - 1] * gamma[j - i];
  }
  for (int64_t j = 1; j <= q; j++) {
    int silent = 1;
    for (int k = 0; k < ARMA_LANES_WIDTH; k++) silent = silent && theta[j - 1][k] == 0;
    if (silent) continue;
    for (int64_t i = 1; i <= j; i++) gain[i - 1] += theta[j - 1] * psi[j - i];
  }
  ARMA_LANES variance = gamma[0];
  ARMA_LANES inverse = 1 / variance;
  for (int64_t i = 0; i <= r; i++) change[i] = gain[i] * inverse;
  for (int64_t i = 0; i < columns * (r + 1); i++) state[i] = 0;
  for (int64_t i = 0; i < columns * (columns + 1) / 2; i++) sums[i] = 0;

  int steady = 0;
  ARMA_LANES product = 1;
  for (int64_t t = 0; t < task->count; t++) {
    const double *row = task->data + t * columns;
    // What is carried beyond the last period is of no use.
    const int64_t end = r < task->count - t ? r : task->count - t, mid = p < end ? p : end;
    for (int64_t j = 0; j < columns; j++) {
      if (t < task->first[j]) {
        error[j] = 0;
        continue;
      }
      ARMA_LANES *x = state + j * (r + 1);
      ARMA_LANES known = x[0];
      ARMA_LANES d = row[j] - known;
      ARMA_LANES scaled = d * inverse;
      error[j] = d;
      for (int64_t i = 0; i < mid; i++) x[i] = x[i + 1] + phi[i] * known + gain[i] * scaled;
      for (int64_t i = mid; i < end; i++) x[i] = x[i + 1] + gain[i] * scaled;
      ARMA_LANES *sum = sums + j * (j + 1) / 2;
      for (int64_t k = 0; k <= j; k++) sum[k] += error[k] * scaled;
    }
    product *= variance;
    if ((t & 15) == 15 || t == task->count - 1) {
      variances[t >> 4] = product;
      product = 1;
    }
    if (steady) continue;
    ARMA_LANES l = change[0];
    ARMA_LANES drop = variance * l;
    variance -= drop * l;
    inverse = 1 / variance;
    ARMA_LANES pull = l * inverse;
    for (int64_t i = 0; i < mid; i++) {
      ARMA_LANES moved = change[i + 1] + phi[i] * l;
      ARMA_LANES next = gain[i] - drop * moved;
      gain[i] = next;
      change[i] = moved - pull * next;
    }
    for (int64_t i = mid; i < end; i++) {
      ARMA_LANES moved = change[i + 1];
      ARMA_LANES next = gain[i] - drop * moved;
      gain[i] = next;
      change[i] = moved - pull * next;
    }
    if ((t & 7) == 7) steady = ARMA_LANES_NAME(vanished)(change, end);
  }
  variances[(task->count + 15) >> 4] = variance;
  variances[((task->count + 15) >> 4) + 1] = gamma[0];
}
