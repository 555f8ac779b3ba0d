/* JPEG encoding by libjpeg. */

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "assay_forge.h"

typedef struct {
  struct jpeg_error_mgr base;
  jmp_buf jump;
} errors_t;

static void on_error(j_common_ptr info) { longjmp(((errors_t *)(void *)info->err)->jump, 1); }

static void ignore_message(j_common_ptr info, int level)
{
  (void)info;
  (void)level;
}

static int component_count(assay_forge_model_t model)
{
  return model == ASSAY_FORGE_GRAY ? 1 : model <= ASSAY_FORGE_RGB ? 3 : 4;
}

static void set_model(struct jpeg_compress_struct *info, const assay_forge_jpeg_t *recipe)
{
  static const J_COLOR_SPACE given[] = {JCS_GRAYSCALE, JCS_RGB, JCS_RGB, JCS_CMYK, JCS_CMYK};
  static const J_COLOR_SPACE stored[] = {JCS_GRAYSCALE, JCS_YCbCr, JCS_RGB, JCS_CMYK, JCS_YCCK};
  info->input_components = component_count(recipe->model);
  info->in_color_space = given[recipe->model];
  jpeg_set_defaults(info);
  jpeg_set_colorspace(info, stored[recipe->model]);
  for (int i = 0; i < info->num_components; i++) {
    info->comp_info[i].h_samp_factor = i == 0 ? (int)recipe->luma_horizontal : 1;
    info->comp_info[i].v_samp_factor = i == 0 ? (int)recipe->luma_vertical : 1;
  }
  if (recipe->omit_adobe_marker) info->write_Adobe_marker = FALSE;
}

static void write_prefixed(
  struct jpeg_compress_struct *info, int marker, const char *prefix, size_t prefix_count,
  const uint8_t *bytes, size_t count)
{
  jpeg_write_m_header(info, marker, (unsigned)(prefix_count + count));
  for (size_t i = 0; i < prefix_count; i++) jpeg_write_m_byte(info, prefix[i]);
  for (size_t i = 0; i < count; i++) jpeg_write_m_byte(info, bytes[i]);
}

size_t assay_forge_jpeg(const assay_forge_jpeg_t *recipe, uint8_t **out)
{
  struct jpeg_compress_struct info;
  errors_t errors;
  unsigned char *written = NULL;
  unsigned long count = 0;
  memset(&info, 0, sizeof info);
  info.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = on_error;
  errors.base.emit_message = ignore_message;
  if (setjmp(errors.jump) != 0) {
    jpeg_destroy_compress(&info);
    return 0;
  }
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, &written, &count);
  info.image_width = recipe->width;
  info.image_height = recipe->height;
  set_model(&info, recipe);
  jpeg_set_quality(&info, (int)recipe->quality, TRUE);
  info.restart_interval = recipe->restart_interval;
  info.arith_code = recipe->arithmetic;
  if (recipe->progressive) jpeg_simple_progression(&info);
  jpeg_start_compress(&info, TRUE);
  if (recipe->exif != NULL) write_prefixed(&info, JPEG_APP0 + 1, "Exif\0", 6, recipe->exif, recipe->exif_count);
  if (recipe->profile != NULL) jpeg_write_icc_profile(&info, recipe->profile, (unsigned)recipe->profile_count);
  size_t stride = (size_t)recipe->width * (size_t)component_count(recipe->model);
  while (info.next_scanline < info.image_height) {
    JSAMPROW row = (JSAMPROW)(uintptr_t)(recipe->pixels + stride * info.next_scanline);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  *out = written;
  return count;
}
