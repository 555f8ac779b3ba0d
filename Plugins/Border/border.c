// The border of a frame: letterboxes, black frames of scanners, vignettes, a lens cap that was left half on.
#include <assay_plugin_author.h>

enum { width_parameter, level_parameter };
enum { mean_output, dark_output };

typedef struct {
  uint64_t pixels;
  uint64_t luma;
  uint64_t dark;
} border_t;

static void add(border_t *border, const assay_image_t *image, uint32_t x, uint32_t y, double level) {
  uint32_t luma = assay_luma(image, x, y);
  border->pixels++;
  border->luma += luma;
  if (luma <= level) border->dark++;
}

// Row by row: whole rows above and below, both ends of the rows between.
static border_t border_of(const assay_image_t *image, uint32_t thickness, double level) {
  border_t border = {0};
  for (uint32_t y = 0; y < image->height; y++) {
    int is_whole = y < thickness || y >= image->height - thickness;
    for (uint32_t x = 0; x < image->width; x++) {
      if (!is_whole && x == thickness) x = image->width - thickness;
      add(&border, image, x, y, level);
    }
  }
  return border;
}

static uint32_t thickness_of(const assay_image_t *image, double share) {
  uint32_t shorter = image->width < image->height ? image->width : image->height;
  double thickness = ceil(share * shorter);
  return thickness * 2 > shorter ? (shorter + 1) / 2 : (uint32_t)thickness;
}

static void put(assay_value_t *slot, double number) {
  slot->kind = ASSAY_VALUE_REAL;
  slot->number = number;
}

static assay_status_t measure(void *state, const double *parameters, const assay_record_t *record,
                              assay_outputs_t *outputs, assay_message_t *message) {
  (void)state;
  if (record->image_count == 0) return assay_say(message, "a record without images", ASSAY_STATUS_NOT_APPLICABLE);
  const assay_image_t *image = &record->images[0];
  border_t border = border_of(image, thickness_of(image, parameters[width_parameter]), parameters[level_parameter]);
  put(&outputs->outputs[mean_output], (double)border.luma / (255.0 * (double)border.pixels));
  put(&outputs->outputs[dark_output], (double)border.dark / (double)border.pixels);
  return ASSAY_STATUS_OK;
}

static const assay_parameter_t parameters[] = {
    {"width", "thickness of the border, as a share of the shorter side", 0.001, 0.5, 0.05},
    {"level", "the highest luma, in code values, that counts as dark", 0, 255, 16},
};

static const assay_output_t outputs[] = {
    {"mean", "", "mean luma of the border, 0 black to 1 white", ASSAY_VALUE_REAL},
    {"dark", "share of border pixels", "border pixels at or below `level`", ASSAY_VALUE_REAL},
};

static const assay_record_plugin_t table = {
    .struct_size = sizeof(assay_record_plugin_t),
    .needs = ASSAY_NEEDS_PIXELS,
    .output_count = 2,
    .outputs = outputs,
    .measure = measure,
};

static const assay_plugin_t border_plugin = {
    .struct_size = sizeof(assay_plugin_t),
    .abi_major = ASSAY_ABI_MAJOR,
    .abi_minor = ASSAY_ABI_MINOR,
    .id = "org.assay.border/1",
    .kind = ASSAY_KIND_MEASUREMENT,
    .title = "border darkness",
    .summary = "How dark the border of the default image is. Finds letterboxes, black frames of scanners, vignettes and "
               "covered lenses; a dark scene has a dark border too, so bound it together with brightness.",
    .parameter_count = 2,
    .parameters = parameters,
    .record_plugin = &table,
};

ASSAY_PLUGINS(&border_plugin);
