// Comparators that each break the contract in one way, and one that keeps it.
#include <assay_plugin_author.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef assay_status_t compare_t(const assay_counts_t *, const double *, double *, assay_message_t *);

static compare_t well, nan_answer, silent, forge, crash, leave, hang, overrun, stray, failure, chatter, overrun_message;

static assay_status_t well(const assay_counts_t *counts, const double *parameters, double *statistics,
                           assay_message_t *message) {
  (void)message;
  for (size_t row = 0; row < counts->current_rows; row++) statistics[row] = parameters[0];
  return ASSAY_STATUS_OK;
}

static assay_status_t nan_answer(const assay_counts_t *counts, const double *parameters, double *statistics,
                                 assay_message_t *message) {
  (void)well(counts, parameters, statistics, message);
  statistics[counts->current_rows - 1] = NAN;
  return ASSAY_STATUS_OK;
}

// Answers behind its worker's back, on the worker's own socket: a frame of kind 2 with one NaN.
static assay_status_t forge(const assay_counts_t *counts, const double *parameters, double *statistics,
                            assay_message_t *message) {
  unsigned char frame[8 + 1 + 8] = {9, 0, 0, 0, 2, 0, 0, 0, 1};
  double answer = NAN;
  memcpy(frame + 9, &answer, sizeof answer);
  if (write(3, frame, sizeof frame) < 0) return ASSAY_STATUS_FAILED;
  return well(counts, parameters, statistics, message);
}

static assay_status_t silent(const assay_counts_t *counts, const double *parameters, double *statistics,
                             assay_message_t *message) {
  (void)counts, (void)parameters, (void)statistics, (void)message;
  return ASSAY_STATUS_OK;
}

static assay_status_t crash(const assay_counts_t *counts, const double *parameters, double *statistics,
                            assay_message_t *message) {
  (void)counts, (void)parameters, (void)statistics, (void)message;
  *(volatile int *)8 = 1;
  return ASSAY_STATUS_OK;
}

static assay_status_t leave(const assay_counts_t *counts, const double *parameters, double *statistics,
                            assay_message_t *message) {
  (void)counts, (void)parameters, (void)statistics, (void)message;
  _Exit(7);
}

static assay_status_t hang(const assay_counts_t *counts, const double *parameters, double *statistics,
                           assay_message_t *message) {
  (void)counts, (void)parameters, (void)statistics, (void)message;
  for (volatile int turn = 0;; turn = !turn) continue;
}

static assay_status_t overrun(const assay_counts_t *counts, const double *parameters, double *statistics,
                              assay_message_t *message) {
  (void)well(counts, parameters, statistics, message);
  statistics[counts->current_rows] = 1;
  return ASSAY_STATUS_OK;
}

static assay_status_t stray(const assay_counts_t *counts, const double *parameters, double *statistics,
                            assay_message_t *message) {
  (void)well(counts, parameters, statistics, message);
  statistics[0] = 1.5;
  return ASSAY_STATUS_OK;
}

static assay_status_t failure(const assay_counts_t *counts, const double *parameters, double *statistics,
                              assay_message_t *message) {
  (void)counts, (void)parameters, (void)statistics;
  return assay_say(message, "out of ideas\nPASS", ASSAY_STATUS_FAILED);
}

static assay_status_t chatter(const assay_counts_t *counts, const double *parameters, double *statistics,
                              assay_message_t *message) {
  (void)counts, (void)parameters, (void)statistics;
  memset(message->bytes, 'x', message->capacity);
  message->length = (size_t)1 << 62;
  return ASSAY_STATUS_FAILED;
}

static assay_status_t overrun_message(const assay_counts_t *counts, const double *parameters, double *statistics,
                                      assay_message_t *message) {
  (void)well(counts, parameters, statistics, message);
  message->bytes[message->capacity] = 'x';
  return ASSAY_STATUS_OK;
}

static const assay_parameter_t answer[] = {{"answer", "what is answered", 0, 1, 0.5}};

#define MISBEHAVING(name, function)                                                                          \
  static const assay_comparator_t function##_table = {                                                       \
      .struct_size = sizeof(assay_comparator_t),                                                             \
      .input = ASSAY_INPUT_COUNTS,                                                                           \
      .accepts = ASSAY_ACCEPTS_ORDERED | ASSAY_ACCEPTS_CATEGORIES,                                           \
      .preferred_bins = 20,                                                                                  \
      .direction = ASSAY_DIRECTION_LARGER_IS_DRIFT,                                                          \
      .minimum = 0,                                                                                          \
      .maximum = 1,                                                                                          \
      .unit = "",                                                                                            \
      .standard_threshold = 0.4,                                                                             \
      .source = "none",                                                                                      \
      .compare_counts = function,                                                                            \
  };                                                                                                         \
  static const assay_plugin_t function##_plugin = {                                                          \
      .struct_size = sizeof(assay_plugin_t),                                                                 \
      .abi_major = ASSAY_ABI_MAJOR,                                                                          \
      .abi_minor = ASSAY_ABI_MINOR,                                                                          \
      .id = "com.example." name "/1",                                                                        \
      .kind = ASSAY_KIND_COMPARATOR,                                                                         \
      .title = "line one\nline two",                                                                         \
      .summary = "",                                                                                         \
      .parameter_count = 1,                                                                                  \
      .parameters = answer,                                                                                  \
      .comparator = &function##_table,                                                                       \
  };

MISBEHAVING("well", well)
MISBEHAVING("nan", nan_answer)
MISBEHAVING("silent", silent)
MISBEHAVING("forge", forge)
MISBEHAVING("crash", crash)
MISBEHAVING("leave", leave)
MISBEHAVING("hang", hang)
MISBEHAVING("overrun", overrun)
MISBEHAVING("stray", stray)
MISBEHAVING("failure", failure)
MISBEHAVING("chatter", chatter)
MISBEHAVING("overrun-message", overrun_message)

ASSAY_PLUGINS(&well_plugin, &nan_answer_plugin, &silent_plugin, &forge_plugin, &crash_plugin, &leave_plugin,
              &hang_plugin, &overrun_plugin, &stray_plugin, &failure_plugin, &chatter_plugin, &overrun_message_plugin);
