// Population stability index, as the credit industry defines it.
#include <assay_plugin_author.h>

// PSI = sum (q - p) ln(q / p), with shares below the floor raised to it.
static double index_of(const assay_counts_t *counts, const int64_t *current, double reference_total,
                       double current_total, const double *parameters) {
  double floor_share = parameters[0], sum = 0;
  for (size_t i = 0; i < counts->bins; i++) {
    double a = (double)counts->reference[i], b = (double)current[i];
    double p = a / reference_total, q = b / current_total;
    double gap = assay_share_difference(a, reference_total, b, current_total);
    if (p < floor_share || q < floor_share) {
      p = fmax(p, floor_share);
      gap = fmax(q, floor_share) - p;
    }
    sum += gap * log1p(gap / p);
  }
  return sum;
}

static const assay_parameter_t population_stability_parameters[] = {
    {"floor", "least share of a bin", 1e-9, 0.1, 1e-4},
};

ASSAY_COUNTS_COMPARATOR(population_stability, index_of,
    ASSAY_ABOUT(
        .id = "org.assay.psi/1",
        .title = "population stability index",
        .summary =
            "sum (q-p) ln(q/p): the symmetric Kullback-Leibler divergence with small shares raised to a floor. "
            "The floor decides the value wherever a bin is empty, and at n = 50 the usual threshold of 0.2 "
            "alarms half of the time without any drift.",
        .parameter_count = 1,
        .parameters = population_stability_parameters),
    .accepts = ASSAY_ACCEPTS_ORDERED | ASSAY_ACCEPTS_CATEGORIES,
    .preferred_bins = 20,
    .direction = ASSAY_DIRECTION_LARGER_IS_DRIFT,
    .minimum = 0,
    .maximum = INFINITY,
    .unit = "nats",
    .standard_threshold = 0.2,
    .source = "Lewis 1994, An Introduction to Credit Scoring; Yurdakul 2018 for its null distribution");

ASSAY_PLUGINS(&population_stability);
