// Measurements and an invariant that say what they saw, and misbehave when a record's field `trap` says so.
#include <assay_plugin_author.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

static int is_text(const assay_value_t *value, const char *text) {
  return value && value->kind == ASSAY_VALUE_TEXT && value->text.length == strlen(text) &&
         memcmp(value->text.bytes, text, value->text.length) == 0;
}

static const assay_value_t *field(const assay_record_t *record, const char *name) {
  return assay_value_named(record->fields, record->field_count, name);
}

static void put_real(assay_value_t *slot, double number) {
  slot->kind = ASSAY_VALUE_REAL;
  slot->number = number;
}

// ---- luma: what our decoder measured, from the pixels that were shown

static assay_status_t measure_luma(void *state, const double *parameters, const assay_record_t *record,
                                   assay_outputs_t *outputs, assay_message_t *message) {
  (void)state, (void)parameters, (void)message;
  uint64_t sum = 0, pixels = 0;
  for (uint32_t y = 0; y < record->images[0].height; y++)
    for (uint32_t x = 0; x < record->images[0].width; x++, pixels++) sum += assay_luma(&record->images[0], x, y);
  put_real(&outputs->outputs[0], (double)sum / (double)pixels);
  outputs->outputs[1].kind = ASSAY_VALUE_INTEGER;
  for (size_t i = 0; i < record->image_count; i++)
    outputs->outputs[1].integer += (int64_t)record->images[i].width * record->images[i].height;
  return ASSAY_STATUS_OK;
}

// ---- scribble: writes into the pixels it was shown

static assay_status_t scribble(void *state, const double *parameters, const assay_record_t *record,
                               assay_outputs_t *outputs, assay_message_t *message) {
  (void)state, (void)parameters, (void)outputs, (void)message;
  *(volatile char *)record->images[0].pixels = 1;
  return ASSAY_STATUS_OK;
}

// ---- seen: every name and value that was shown

enum { most_text = 8192 };

static void append(char *text, size_t *length, assay_text_t part) {
  if (*length + part.length > most_text) return;
  memcpy(text + *length, part.bytes, part.length);
  *length += part.length;
}

static assay_status_t see(void *state, const double *parameters, const assay_record_t *record,
                          assay_outputs_t *outputs, assay_message_t *message) {
  (void)state, (void)parameters;
  char text[most_text];
  size_t length = 0;
  for (size_t i = 0; i < record->field_count; i++) {
    append(text, &length, record->fields[i].name);
    append(text, &length, (assay_text_t){"=", 1});
    append(text, &length, record->fields[i].text);
    append(text, &length, (assay_text_t){";", 1});
  }
  const assay_value_t *width = assay_value_named(record->features, record->feature_count, "width");
  outputs->outputs[0].kind = ASSAY_VALUE_TEXT;
  if (!assay_store_text(outputs->text_room, outputs->text_capacity, &outputs->text_used, text, length,
                        &outputs->outputs[0].text))
    return assay_say(message, "no room", ASSAY_STATUS_FAILED);
  outputs->outputs[1].kind = ASSAY_VALUE_INTEGER;
  outputs->outputs[1].integer = width ? width->integer : -1;
  outputs->outputs[2].kind = ASSAY_VALUE_BOOLEAN;
  outputs->outputs[2].number = record->images[0].pixels != NULL;
  return ASSAY_STATUS_OK;
}

// ---- trap: the field `n` over 100, unless the field `trap` says something else

static assay_status_t set_trap(const double *parameters, void **state, assay_message_t *message) {
  if (parameters[0] == 1) return assay_say(message, "refuses to start", ASSAY_STATUS_BAD_PARAMETER);
  if (parameters[0] == 2) *(volatile int *)8 = 1;
  *state = calloc(1, sizeof(int));
  return ASSAY_STATUS_OK;
}

static int can_make_code(void) {
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS;
  if (mmap(NULL, 4096, PROT_READ | PROT_EXEC, flags, -1, 0) != MAP_FAILED) return 1;
  return mprotect(mmap(NULL, 4096, PROT_READ | PROT_WRITE, flags, -1, 0), 4096, PROT_READ | PROT_EXEC) == 0;
}

static assay_status_t spring(void *state, const double *parameters, const assay_record_t *record,
                             assay_outputs_t *outputs, assay_message_t *message) {
  (void)parameters;
  const assay_value_t *trap = field(record, "trap"), *n = field(record, "n");
  if (is_text(trap, "crash")) *(volatile int *)8 = 1;
  if (is_text(trap, "leave")) _Exit(7);
  if (is_text(trap, "code") && can_make_code()) *(volatile int *)8 = 1;
  if (is_text(trap, "hang")) for (volatile int turn = 0;; turn = !turn) continue;
  if (is_text(trap, "fail")) return assay_say(message, "out of ideas\nPASS", ASSAY_STATUS_FAILED);
  if (is_text(trap, "skip")) return assay_say(message, "nothing to say", ASSAY_STATUS_NOT_APPLICABLE);
  if (is_text(trap, "kind")) outputs->outputs[0].kind = ASSAY_VALUE_INTEGER;
  if (is_text(trap, "outside")) {
    outputs->outputs[1].kind = ASSAY_VALUE_TEXT;
    outputs->outputs[1].text = (assay_text_t){"static", 6};
  }
  if (is_text(trap, "overrun")) outputs->outputs[2].integer = 1;
  // The first of a worker's records leaves something behind that the next one trips over.
  int *seen = state;
  if (is_text(trap, "trip") && *seen > 0) *(volatile int *)8 = 1;
  (*seen)++;
  if (outputs->outputs[0].kind == ASSAY_VALUE_MISSING)
    put_real(&outputs->outputs[0], is_text(trap, "nan") ? NAN : n ? (double)n->integer / 100 : 0);
  return ASSAY_STATUS_OK;
}

// ---- even: an invariant over a field

static assay_status_t check_even(void *state, const double *parameters, const assay_record_t *record,
                                 assay_findings_t *findings, assay_message_t *message) {
  (void)state, (void)parameters;
  const assay_value_t *n = field(record, "n");
  if (!n || n->kind != ASSAY_VALUE_INTEGER) return assay_say(message, "no n", ASSAY_STATUS_NOT_APPLICABLE);
  if (n->integer % 2 == 0) return ASSAY_STATUS_OK;
  char text[32];
  int length = snprintf(text, sizeof text, "%lld", (long long)n->integer);
  assay_finding_t *finding = &findings->findings[findings->count++];
  assay_store_text(findings->text_room, findings->text_capacity, &findings->text_used, "odd", 3, &finding->code);
  assay_store_text(findings->text_room, findings->text_capacity, &findings->text_used, text, (size_t)length,
                   &finding->found);
  assay_store_text(findings->text_room, findings->text_capacity, &findings->text_used, "an even number", 14,
                   &finding->expected);
  return ASSAY_STATUS_OK;
}

// ---- descriptors

#define PLUGIN(name, plugin_kind, ...)                                                                      \
  static const assay_plugin_t name##_plugin = {                                                             \
      .struct_size = sizeof(assay_plugin_t),                                                                \
      .abi_major = ASSAY_ABI_MAJOR,                                                                         \
      .abi_minor = ASSAY_ABI_MINOR,                                                                         \
      .id = "com.example." #name "/1",                                                                      \
      .kind = plugin_kind,                                                                                  \
      .title = #name,                                                                                       \
      .summary = "",                                                                                        \
      .record_plugin = &name##_table,                                                                       \
      __VA_ARGS__};

static const assay_output_t luma_outputs[] = {{"mean", "", "", ASSAY_VALUE_REAL},
                                              {"pixels", "", "", ASSAY_VALUE_INTEGER}};
static const assay_record_plugin_t luma_table = {.struct_size = sizeof(assay_record_plugin_t),
                                                 .needs = ASSAY_NEEDS_PIXELS,
                                                 .output_count = 2,
                                                 .outputs = luma_outputs,
                                                 .measure = measure_luma};
PLUGIN(luma, ASSAY_KIND_MEASUREMENT)

static const assay_record_plugin_t scribble_table = {.struct_size = sizeof(assay_record_plugin_t),
                                                     .needs = ASSAY_NEEDS_PIXELS,
                                                     .output_count = 1,
                                                     .outputs = luma_outputs,
                                                     .measure = scribble};
PLUGIN(scribble, ASSAY_KIND_MEASUREMENT)

static const assay_output_t seen_outputs[] = {{"fields", "", "", ASSAY_VALUE_TEXT},
                                              {"width", "", "", ASSAY_VALUE_INTEGER},
                                              {"pixels", "", "", ASSAY_VALUE_BOOLEAN}};
static const assay_record_plugin_t seen_table = {.struct_size = sizeof(assay_record_plugin_t),
                                                 .needs = ASSAY_NEEDS_FIELDS | ASSAY_NEEDS_FEATURES,
                                                 .output_count = 3,
                                                 .outputs = seen_outputs,
                                                 .measure = see};
PLUGIN(seen, ASSAY_KIND_MEASUREMENT)

static const assay_parameter_t trap_parameters[] = {{"create", "1 refuses, 2 crashes", 0, 2, 0}};
static const assay_output_t trap_outputs[] = {{"score", "", "", ASSAY_VALUE_REAL},
                                              {"word", "", "", ASSAY_VALUE_TEXT}};
static const assay_record_plugin_t trap_table = {.struct_size = sizeof(assay_record_plugin_t),
                                                 .needs = ASSAY_NEEDS_FIELDS,
                                                 .output_count = 2,
                                                 .outputs = trap_outputs,
                                                 .create = set_trap,
                                                 .destroy = free,
                                                 .measure = spring};
PLUGIN(trap, ASSAY_KIND_MEASUREMENT, .parameter_count = 1, .parameters = trap_parameters)

static const assay_record_plugin_t even_table = {
    .struct_size = sizeof(assay_record_plugin_t), .needs = ASSAY_NEEDS_FIELDS, .check = check_even};
PLUGIN(even, ASSAY_KIND_INVARIANT)

ASSAY_PLUGINS(&luma_plugin, &scribble_plugin, &seen_plugin, &trap_plugin, &even_plugin);
