/* assay's plugin interface: one header, no code, C only.
 *
 * A plugin is a shared object that exports one symbol, `assay_plugin_entry`. It measures; assay judges: a plugin never
 * sees a threshold, a path or another record, and it may crash or hang without taking a run along, because it is
 * loaded in a worker process only (but for `--isolation none`, which is for debugging).
 *
 * Ownership   The caller owns every buffer. A plugin writes only where it is given room, allocates only what it frees
 *             itself, and keeps no pointer after the call returns, except between `create` and `destroy` in its state.
 * Lifetime    Descriptors and all they point to live as long as the shared object is loaded.
 * Threads     Calls with the same state never overlap. Calls with different states may. No call needs a thread of its own.
 * Errors      Every function answers an `assay_status_t`. No exception, signal handler, exit or longjmp crosses this line.
 *             A NaN is never a success: assay treats it as ASSAY_STATUS_FAILED.
 * Growth      Structures only grow at their end, under a larger `struct_size`; a plugin reads `struct_size` before it
 *             reads a field that this revision did not have. While the major version is 0, a worker loads only
 *             plugins of its own minor version.
 */
#ifndef ASSAY_PLUGIN_H
#define ASSAY_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ASSAY_ABI_MAJOR 0
#define ASSAY_ABI_MINOR 2

/* The name of the one symbol a plugin exports, of type `assay_plugin_entry_t`. */
#define ASSAY_PLUGIN_ENTRY "assay_plugin_entry"

typedef int32_t assay_status_t;
enum {
  ASSAY_STATUS_OK = 0,
  /* The input is legal and this plugin has nothing to say of it (an empty side, a constant feature). */
  ASSAY_STATUS_NOT_APPLICABLE = 1,
  /* A parameter is out of range or of the wrong type; `message` names it. */
  ASSAY_STATUS_BAD_PARAMETER = 2,
  /* Anything else; `message` says what. */
  ASSAY_STATUS_FAILED = 3,
};

typedef int32_t assay_kind_t;
enum {
  /* Pixels and fields in, named values out. */
  ASSAY_KIND_MEASUREMENT = 1,
  /* A record in, findings out. */
  ASSAY_KIND_INVARIANT = 2,
  /* Two summaries of one feature in, one statistic out for each of many current summaries. */
  ASSAY_KIND_COMPARATOR = 3,
};

/* A UTF-8 text that is not zero-terminated. */
typedef struct {
  const char *bytes;
  size_t length;
} assay_text_t;

/* Room for a message to people: the plugin writes at most `capacity` bytes of UTF-8 and stores how many. */
typedef struct {
  char *bytes;
  size_t capacity;
  size_t length;
} assay_message_t;

/* One parameter that a schema may set (`with: {name: value}`). */
typedef struct {
  const char *name;
  const char *summary;
  double minimum;
  double maximum;
  double standard; /* the value when the schema is silent */
} assay_parameter_t;

/* Which way a larger statistic points. */
typedef int32_t assay_direction_t;
enum {
  ASSAY_DIRECTION_LARGER_IS_DRIFT = 1,
  ASSAY_DIRECTION_SMALLER_IS_DRIFT = 2,
};

/* The law that a statistic tends to without drift as both sides grow. Sets of more than 20,000 records a side are held
 * against it; all others, and all statistics without one, against exchanged labels. */
typedef int32_t assay_null_law_t;
enum {
  ASSAY_NULL_LAW_NONE = 0,
  /* sqrt(n m / (n + m)) times the statistic is Kolmogorov's. */
  ASSAY_NULL_LAW_KOLMOGOROV = 1,
  /* The statistic is chi-square with one degree of freedom less than bins that are not empty. */
  ASSAY_NULL_LAW_CHI_SQUARE = 2,
};

/* ---- Comparators ---------------------------------------------------------------------------------------------- */

/* What a comparator reads. */
typedef int32_t assay_comparator_input_t;
enum {
  ASSAY_INPUT_COUNTS = 1,
  ASSAY_INPUT_SAMPLES = 2,
};

/* Which features a comparator accepts; a set of bits. */
enum {
  ASSAY_ACCEPTS_ORDERED = 1u << 0,    /* bins have an order and edges */
  ASSAY_ACCEPTS_CATEGORIES = 1u << 1, /* bins are names */
  /* Any feature at all, as two bins: records with a value, and (`has_missing_bin`) records without one. */
  ASSAY_ACCEPTS_PRESENCE = 1u << 2,
  /* Rows of numbers: thumbnails, embeddings. For ASSAY_INPUT_SAMPLES. */
  ASSAY_ACCEPTS_VECTORS = 1u << 3,
};

/* Counts of one feature on common bins: pairs of a reference and a current side.
 *
 * The batch serves calibration: assay exchanges the labels of records `current_rows` times and asks for all statistics in
 * one call. Exchanging labels changes both sides, so there is one reference for each row, or one for all. The last
 * two bins of a category feature are `missing` and `other` where `has_missing_bin` and `has_other_bin` say so. */
typedef struct {
  size_t struct_size;
  size_t bins;               /* K >= 1 */
  size_t reference_rows;     /* 1, or B */
  const int64_t *reference;  /* reference_rows x K counts >= 0, row-major */
  size_t current_rows;       /* B >= 1 */
  const int64_t *current;    /* B x K counts >= 0, row-major */
  const double *edges;       /* K + 1 ascending finite edges in the feature's unit, or NULL for categories */
  const double *centers;     /* K ascending representative values, or NULL for categories */
  int32_t has_missing_bin;   /* 1: bin K - 1 counts missing values */
  int32_t has_other_bin;     /* 1: the bin before it (or the last) counts categories the reference never had */
} assay_counts_t;

/* Sample rows of one feature (a vector) on both sides. */
typedef struct {
  size_t struct_size;
  size_t dimensions;          /* d >= 1 */
  size_t reference_rows;      /* n >= 1 */
  const double *reference;    /* n x d, row-major, finite */
  size_t current_rows;        /* m >= 1 */
  const double *current;      /* m x d, row-major, finite */
  size_t labelings;           /* B >= 1 */
  const uint8_t *labels;      /* B x (n + m): 0 where the row counts as reference, 1 as current; row 0 is the truth */
} assay_samples_t;

typedef struct {
  size_t struct_size;
  assay_comparator_input_t input;
  uint32_t accepts;           /* ASSAY_ACCEPTS_... */
  uint32_t preferred_bins;    /* how many bins it works best on; 0 for as fine as the profile keeps them */
  assay_direction_t direction;
  double minimum;             /* range of the statistic; infinite where it has no bound. An answer outside it, by */
  double maximum;             /* more than rounding can explain, is a failure */
  const char *unit;           /* "nats", "", "share of records" ... */
  double standard_threshold;  /* what the field uses when nobody says otherwise */
  const char *source;         /* paper, standard or code the formula is from */
  assay_null_law_t null_law;  /* ASSAY_NULL_LAW_NONE unless the statistic has a known limit without drift */

  /* Fills `statistics[B]`, one for each row of `counts->current`. `parameters` has one value for each declared
   * parameter, in their order. Called when `input` is ASSAY_INPUT_COUNTS. */
  assay_status_t (*compare_counts)(const assay_counts_t *counts, const double *parameters, double *statistics,
                                   assay_message_t *message);
  /* Fills `statistics[B]`, one for each labelling. Called when `input` is ASSAY_INPUT_SAMPLES. */
  assay_status_t (*compare_samples)(const assay_samples_t *samples, const double *parameters, double *statistics,
                                    assay_message_t *message);
} assay_comparator_t;

/* ---- Measurements and invariants ------------------------------------------------------------------------------- */

/* A schema names them: `invariants: [{id: ..., use: PLUGIN-ID, with: {PARAMETER: value}, bound: {OUTPUT: {max: ...}}}]`.
 *
 * Called       once for each record whose images all came out whole (a row of a table has none), one record after the other,
 *              in no particular order. A record is shown again where a worker had to be replaced.
 * Answers      depend on the record and the parameters alone. Each worker has a state of its own, and who gets which record is
 *              chance: an answer that looks at earlier records makes two runs over the same data differ.
 * Values       are the record's measurements `PLUGIN-ID:NAME` in rows, profiles, comparisons, slices and expressions. An
 *              invariant gives one, `PLUGIN-ID:findings`: how many findings it has.
 * Time         each call may take as long as a record may (--record-timeout). A call that crashes or takes longer costs this
 *              record its answer (`plugin.crashed`, `plugin.timeout`) and nothing else; so does one that fails or breaks
 *              this contract (`plugin.failed`, with its message). NOT_APPLICABLE: all values are missing, no finding.
 */

/* What a plugin wants to see of a record; a set of bits. Pixels cost a full frame in memory: ask only if needed. Frames beyond
 * the memory limit of one record are not shown: that record has `plugin.frame-too-large` instead of an answer. */
enum {
  ASSAY_NEEDS_PIXELS = 1u << 0,
  ASSAY_NEEDS_FIELDS = 1u << 1,
  ASSAY_NEEDS_FEATURES = 1u << 2,
};

typedef int32_t assay_value_kind_t;
enum {
  ASSAY_VALUE_MISSING = 0,
  ASSAY_VALUE_BOOLEAN = 1, /* `number` is 0 or 1 */
  ASSAY_VALUE_INTEGER = 2, /* `integer` */
  ASSAY_VALUE_REAL = 3,    /* `number`, finite */
  ASSAY_VALUE_TEXT = 4,    /* `text` */
};

typedef struct {
  assay_text_t name;
  assay_value_kind_t kind;
  int64_t integer;
  double number;
  assay_text_t text;
} assay_value_t;

/* One decoded image, after EXIF orientation. Pixels lie in memory that can only be read. */
typedef struct {
  size_t struct_size;
  assay_text_t name;      /* "image", "mask" ... */
  uint32_t width;
  uint32_t height;
  uint32_t channels;      /* of the pixels: 1 gray, 2 gray + alpha, 3 RGB, 4 RGBA; interleaved. Palettes are expanded */
  uint32_t sample_bytes;  /* of the pixels: 1 or 2 (host byte order). Without pixels, both are what the file says */
  size_t row_bytes;       /* from one row to the next */
  const void *pixels;     /* height rows, top first; NULL unless ASSAY_NEEDS_PIXELS */
} assay_image_t;

/* One record: what the plugin needs of it, and the sizes of its images. Private fields are never in it, nor are the members of
 * a private object, nor a text in which personal data was found. Values are those of the record's row; lists of numbers are
 * left out. */
typedef struct {
  size_t struct_size;
  size_t image_count;
  const assay_image_t *images;   /* the default image first */
  size_t field_count;
  const assay_value_t *fields;
  size_t feature_count;
  const assay_value_t *features; /* of the default image, under their bare names */
} assay_record_t;

/* Where a measurement puts its values: one slot for each declared output, in their order, ASSAY_VALUE_MISSING at
 * first. A value is of the declared kind or missing. A text result is copied into `text_room` and `text` points there
 * (`assay_store_text`). */
typedef struct {
  size_t struct_size;
  size_t output_count;
  assay_value_t *outputs;
  char *text_room;
  size_t text_capacity;
  size_t text_used;
} assay_outputs_t;

/* Where an invariant puts its findings: at most `capacity`, `count` says how many. All texts are copied into `text_room`, as in
 * `assay_outputs_t`. The schema gives their severity. */
typedef struct {
  assay_text_t code;    /* lower-case letters, digits, hyphens: "sharp-corners"; reported as PLUGIN-ID:CODE */
  assay_text_t found;   /* what was found, for people */
  assay_text_t expected;
} assay_finding_t;

typedef struct {
  size_t struct_size;
  size_t capacity;
  size_t count;
  assay_finding_t *findings;
  char *text_room;
  size_t text_capacity;
  size_t text_used;
} assay_findings_t;

/* One value a measurement gives. */
typedef struct {
  const char *name;
  const char *unit;
  const char *summary;
  assay_value_kind_t kind;
} assay_output_t;

typedef struct {
  size_t struct_size;
  uint32_t needs; /* ASSAY_NEEDS_... */
  size_t output_count;
  const assay_output_t *outputs; /* measurements only */

  /* Optional: prepares a state from the parameters, once for each worker, before the run reads any data. `*state` starts as
   * NULL. Anything but OK ends the run with the message (exit code 2). */
  assay_status_t (*create)(const double *parameters, void **state, assay_message_t *message);
  /* Optional: frees what `create` made. Called once if `create` answered OK, unless the worker was ended first. */
  void (*destroy)(void *state);
  /* ASSAY_KIND_MEASUREMENT. */
  assay_status_t (*measure)(void *state, const double *parameters, const assay_record_t *record,
                            assay_outputs_t *outputs, assay_message_t *message);
  /* ASSAY_KIND_INVARIANT. */
  assay_status_t (*check)(void *state, const double *parameters, const assay_record_t *record,
                          assay_findings_t *findings, assay_message_t *message);
} assay_record_plugin_t;

/* ---- The descriptor --------------------------------------------------------------------------------------------- */

typedef struct {
  size_t struct_size;
  uint32_t abi_major; /* ASSAY_ABI_MAJOR the plugin was compiled with */
  uint32_t abi_minor;
  const char *id;     /* reverse.domain.name/revision, as in "org.assay.kl/1" */
  assay_kind_t kind;
  const char *title;   /* a few words */
  const char *summary; /* what it computes, when to use it, how it fails: for `assay explain` */
  size_t parameter_count;
  const assay_parameter_t *parameters;
  const assay_comparator_t *comparator;       /* for ASSAY_KIND_COMPARATOR, else NULL */
  const assay_record_plugin_t *record_plugin; /* for the other kinds, else NULL */
} assay_plugin_t;

/* Answers the plugins of this shared object and stores how many there are. Called once, first of all. */
typedef const assay_plugin_t *const *(*assay_plugin_entry_t)(size_t *count);

#ifdef __cplusplus
}
#endif

#endif
