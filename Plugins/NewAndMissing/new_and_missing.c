// Two rates that break pipelines: categories the reference never had, and values that are not there.
#include <assay_plugin_author.h>

// The share of current records in a category that the reference never had.
static double new_share(const assay_counts_t *counts, const int64_t *current, double reference_total,
                        double current_total, const double *parameters) {
  (void)reference_total;
  (void)parameters;
  size_t categories = counts->bins - (counts->has_missing_bin ? 1 : 0);
  int64_t unseen = 0;
  for (size_t i = 0; i < categories; i++)
    if (counts->reference[i] == 0) unseen += current[i];
  return (double)unseen / current_total;
}

// |difference| of the missing rates; of counts without a bin for missing values none are missing.
static double missing_change(const assay_counts_t *counts, const int64_t *current, double reference_total,
                             double current_total, const double *parameters) {
  (void)parameters;
  if (!counts->has_missing_bin) return 0;
  size_t missing = counts->bins - 1;
  return fabs((double)counts->reference[missing] / reference_total - (double)current[missing] / current_total);
}

ASSAY_COUNTS_COMPARATOR(new_category_plugin, new_share,
    ASSAY_ABOUT(
        .id = "org.assay.new-category/1",
        .title = "new-category rate",
        .summary =
            "The share of current records whose category the reference never had. Any is worth knowing; a rare "
            "category that the reference just missed by chance looks the same, which is what the calibrated p "
            "is for."),
    .accepts = ASSAY_ACCEPTS_CATEGORIES,
    .preferred_bins = 20,
    .direction = ASSAY_DIRECTION_LARGER_IS_DRIFT,
    .minimum = 0,
    .maximum = 1,
    .unit = "share of records",
    .standard_threshold = 0,
    .source = "TensorFlow Data Validation, anomalies: ENUM_TYPE_UNEXPECTED_STRING_VALUES");

ASSAY_COUNTS_COMPARATOR(missing_rate_plugin, missing_change,
    ASSAY_ABOUT(
        .id = "org.assay.missing-rate/1",
        .title = "missing-rate change",
        .summary =
            "The absolute change of the share of missing values, both ways: a field that is suddenly filled is "
            "a change upstream as well."),
    .accepts = ASSAY_ACCEPTS_PRESENCE,
    .preferred_bins = 2,
    .direction = ASSAY_DIRECTION_LARGER_IS_DRIFT,
    .minimum = 0,
    .maximum = 1,
    .unit = "share of records",
    .standard_threshold = 0.05,
    .source = "two-proportion comparison; Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I");

ASSAY_PLUGINS(&new_category_plugin, &missing_rate_plugin);
