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

static assay_status_t population_stability_compare(const assay_counts_t *counts, const double *parameters, double *statistics,
                                                  assay_message_t *message) {
  return assay_for_each_row(counts, parameters, statistics, message, index_of);
}

static const assay_comparator_t population_stability_comparator = {
    .struct_size = sizeof(assay_comparator_t),
    .input = ASSAY_INPUT_COUNTS,
    .accepts = ASSAY_ACCEPTS_ORDERED | ASSAY_ACCEPTS_CATEGORIES,
    .preferred_bins = 20,
    .direction = ASSAY_DIRECTION_LARGER_IS_DRIFT,
    .minimum = 0,
    .maximum = INFINITY,
    .unit = "nats",
    .standard_threshold = 0.2,
    .source = "Lewis 1994, An Introduction to Credit Scoring; Yurdakul 2018 for its null distribution",
    .compare_counts = population_stability_compare,
};

static const assay_plugin_t population_stability = {
    .struct_size = sizeof(assay_plugin_t),
    .abi_major = ASSAY_ABI_MAJOR,
    .abi_minor = ASSAY_ABI_MINOR,
    .id = "org.assay.psi/1",
    .kind = ASSAY_KIND_COMPARATOR,
    .title = "population stability index",
    .summary =
        "sum (q-p) ln(q/p): the symmetric Kullback-Leibler divergence with small shares raised to a floor. "
        "The floor decides the value wherever a bin is empty, and at n = 50 the usual threshold of 0.2 "
        "alarms half of the time without any drift.",
    .parameter_count = 1,
    .parameters = population_stability_parameters,
    .comparator = &population_stability_comparator,
};

ASSAY_PLUGINS(&population_stability);
