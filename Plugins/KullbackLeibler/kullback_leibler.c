// Kullback-Leibler divergence of current from reference, smoothed so that an empty bin is not infinite.
#include <assay_plugin_author.h>

// (1 + x) ln(1 + x) - x >= 0 for x > -1: with x = q / p - 1 this is what a bin adds to KL(q || p), over p, once the
// q - p, whose sum is zero, are taken out. Near zero its terms cancel; there its series is exact to the last digits.
static double divergence_of(double x) {
  if (fabs(x) >= 0.125) return (1 + x) * log1p(x) - x;
  double sum = 0;
  for (int k = 18; k >= 2; k--) sum = 1.0 / (k * (k - 1)) - x * sum;
  return x * x * sum;
}

// KL(q || p) = sum q ln(q / p) in nats, p = (a + s) / (N + s K) and q alike. With s = 1/2 (Jeffreys) the smoothing is
// the posterior mean under the reference prior of a multinomial.
static double divergence(const assay_counts_t *counts, const int64_t *current, double reference_total,
                         double current_total, const double *parameters) {
  double smoothing = parameters[0], added = smoothing * (double)counts->bins, sum = 0;
  double n = reference_total + added, m = current_total + added;
  for (size_t i = 0; i < counts->bins; i++) {
    double a = (double)counts->reference[i] + smoothing, b = (double)current[i] + smoothing;
    sum += a / n * divergence_of(assay_difference_of_products(b, n, a, m) / (a * m));
  }
  return sum;
}

static const assay_parameter_t kullback_leibler_parameters[] = {
    {"smoothing", "pseudo-count added to every bin on both sides", 1e-6, 10, 0.5},
};

ASSAY_COUNTS_COMPARATOR(kullback_leibler, divergence,
    ASSAY_ABOUT(
        .id = "org.assay.kl/1",
        .title = "Kullback-Leibler divergence",
        .summary =
            "KL(current || reference) = sum q ln(q/p) over common bins with half a pseudo-count in each. Zero "
            "when the distributions agree, unbounded otherwise. Without drift its mean is about (K-1)/2 (1/n + "
            "1/N), so a fixed threshold of 0.3 alarms by chance on small samples with many bins and sees almost "
            "nothing at n = 10,000.",
        .parameter_count = 1,
        .parameters = kullback_leibler_parameters),
    .accepts = ASSAY_ACCEPTS_ORDERED | ASSAY_ACCEPTS_CATEGORIES,
    .preferred_bins = 20,
    .direction = ASSAY_DIRECTION_LARGER_IS_DRIFT,
    .minimum = 0,
    .maximum = INFINITY,
    .unit = "nats",
    .standard_threshold = 0.3,
    .source = "Kullback and Leibler 1951, doi:10.1214/aoms/1177729694; threshold 0.3 from the lectures on monitoring");

ASSAY_PLUGINS(&kullback_leibler);
