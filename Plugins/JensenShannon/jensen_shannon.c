// Jensen-Shannon distance: bounded, symmetric, and defined where a bin is empty.
#include <assay_plugin_author.h>

// (1 + d) ln(1 + d) + (1 - d) ln(1 - d) for 0 <= d <= 1: what a bin with shares m (1 + d) and m (1 - d) adds, over m.
// Near zero the terms cancel; there the series sum d^2k / (k (2k - 1)) is exact to the last digits.
static double divergence_of(double d) {
  if (d >= 0.25) return (1 + d) * log1p(d) + (d < 1 ? (1 - d) * log1p(-d) : 0);
  double sum = 0, square = d * d;
  for (int k = 14; k >= 1; k--) sum = square * (1.0 / (k * (2 * k - 1)) + sum);
  return sum;
}

// sqrt(JSD), JSD = KL(p || m) / 2 + KL(q || m) / 2 with m the mean of p and q; unsmoothed, in nats.
static double distance(const assay_counts_t *counts, const int64_t *current, double reference_total,
                       double current_total, const double *parameters) {
  (void)parameters;
  double sum = 0;
  for (size_t i = 0; i < counts->bins; i++) {
    double a = (double)counts->reference[i], b = (double)current[i];
    double p = a / reference_total, q = b / current_total;
    if (p + q == 0) continue;
    double d = fmin(1, fabs(assay_share_difference(a, reference_total, b, current_total)) / (p + q));
    sum += (p + q) / 2 * divergence_of(d);
  }
  return sqrt(sum / 2);
}

ASSAY_COUNTS_COMPARATOR(jensen_shannon, distance,
    ASSAY_ABOUT(
        .id = "org.assay.js/1",
        .title = "Jensen-Shannon distance",
        .summary =
            "The square root of the Jensen-Shannon divergence in nats: 0 when the distributions agree, 0.8326 "
            "when they share no bin. A distance, not a divergence, and in nats, not bits: tools differ in both. "
            "Without drift its mean is 0.15 at 10 bins and n = 50."),
    .accepts = ASSAY_ACCEPTS_ORDERED | ASSAY_ACCEPTS_CATEGORIES,
    .preferred_bins = 20,
    .direction = ASSAY_DIRECTION_LARGER_IS_DRIFT,
    .minimum = 0,
    .maximum = 0.83255461115769775635 /* sqrt(ln 2) */,
    .unit = "sqrt(nats)",
    .standard_threshold = 0.1,
    .source = "Lin 1991, doi:10.1109/18.61115; Endres and Schindelin 2003, doi:10.1109/TIT.2003.813506");

ASSAY_PLUGINS(&jensen_shannon);
