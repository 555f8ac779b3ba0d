/* PNG by libpng, row by row. Its longjmp stays inside decode_guarded.
 *
 * libpng does not see the file but a rewriting of it: signature, IHDR, PLTE, tRNS of a colour key, all image data as
 * one IDAT, IEND. The chunk walk has checked every CRC and judged every chunk, so no ancillary chunk's parser runs on
 * foreign bytes, and damage outside the image data cannot end decoding. */

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "png_decoding.h"

/* A stretch of bytes still to be read. */
typedef struct {
  const uint8_t *next;
  size_t left;
} stretch_t;

typedef struct {
  png_decoding_t *decoding;
  png_structp png;
  png_infop info;
  jmp_buf jump;
  size_t allowance; /* bytes that may still be allocated */
  /* Up to the IDAT chunk's data, the data, and what follows. */
  uint8_t head[8 + 25 + 12 + 3 * 256 + 12 + 6 + 8];
  uint8_t tail[4 + 12];
  stretch_t source[3];
  uint8_t *frame; /* of an interlaced image, black to begin with */
  uint8_t *line;
  int pass;
  uint32_t y; /* the row being read */
} library_t;

/* The rewritten file. The checksums are not filled in, for they are not looked at. */

static uint8_t *put_u32(uint8_t *out, uint32_t value)
{
  for (int i = 0; i < 4; i++) *out++ = (uint8_t)(value >> (24 - 8 * i));
  return out;
}

static uint8_t *put_head(uint8_t *out, const char *type, uint32_t count)
{
  out = put_u32(out, count);
  memcpy(out, type, 4);
  return out + 4;
}

static uint8_t *put_header(uint8_t *out, const png_layout_t *layout)
{
  out = put_head(out, "IHDR", 13);
  out = put_u32(put_u32(out, layout->width), layout->height);
  *out++ = layout->depth;
  *out++ = layout->color_type;
  *out++ = 0;
  *out++ = 0;
  *out++ = layout->interlaced;
  return put_u32(out, 0);
}

static uint8_t *put_palette(uint8_t *out, const png_layout_t *layout)
{
  if (layout->color_type != 3) return out;
  out = put_head(out, "PLTE", 3 * layout->palette_count);
  for (uint32_t i = 0; i < layout->palette_count; i++, out += 3) memcpy(out, layout->palette[i], 3);
  return put_u32(out, 0);
}

static uint8_t *put_key(uint8_t *out, const png_layout_t *layout)
{
  if (!layout->has_key) return out;
  uint32_t colors = png_samples(layout), mask = (1u << layout->depth) - 1;
  out = put_head(out, "tRNS", 2 * colors);
  for (uint32_t c = 0; c < colors; c++) {
    *out++ = (uint8_t)((layout->key[c] & mask) >> 8);
    *out++ = (uint8_t)(layout->key[c] & mask);
  }
  return put_u32(out, 0);
}

static void rewrite(library_t *library)
{
  const png_file_t *file = library->decoding->file;
  const png_layout_t *layout = &file->layout;
  memcpy(library->head, "\x89PNG\r\n\x1a\n", 8);
  uint8_t *out = put_header(library->head + 8, layout);
  out = put_key(put_palette(out, layout), layout);
  out = put_head(out, "IDAT", (uint32_t)file->data_bytes);
  put_head(library->tail + 4, "IEND", 0);
  library->source[0] = (stretch_t){library->head, (size_t)(out - library->head)};
  library->source[1] = (stretch_t){library->decoding->data, file->data_bytes};
  library->source[2] = (stretch_t){library->tail, sizeof library->tail};
}

/* libpng's callbacks */

static void keep_message(library_t *library, const char *message)
{
  char *kept = library->decoding->message;
  if (kept[0] == 0) snprintf(kept, sizeof library->decoding->message, "%s", message);
}

static void on_warning(png_structp png, png_const_charp message)
{
  library_t *library = png_get_error_ptr(png);
  library->decoding->decoder->report.warnings++;
  keep_message(library, message);
}

static void on_error(png_structp png, png_const_charp message)
{
  library_t *library = png_get_error_ptr(png);
  keep_message(library, message);
  longjmp(library->jump, 1);
}

static void read_source(png_structp png, png_bytep out, size_t count)
{
  library_t *library = png_get_io_ptr(png);
  for (int i = 0; i < 3 && count > 0; i++) {
    stretch_t *stretch = &library->source[i];
    size_t part = count < stretch->left ? count : stretch->left;
    memcpy(out, stretch->next, part);
    stretch->next += part;
    stretch->left -= part;
    out += part;
    count -= part;
  }
  if (count > 0) png_error(png, "read past the end");
}

/* What is freed again is not given back to the allowance: libpng allocates each of its buffers once. */
static png_voidp allocate(png_structp png, png_alloc_size_t size)
{
  library_t *library = png_get_mem_ptr(png);
  void *memory = size <= library->allowance ? malloc(size) : NULL;
  if (memory == NULL) {
    library->decoding->out_of_memory = true;
  } else {
    library->allowance -= size;
  }
  return memory;
}

static void release(png_structp png, png_voidp memory)
{
  (void)png;
  free(memory);
}

/* Two rows of at most 8 bytes a pixel, padded; libpng's and zlib's states, the window and the read buffer take less than
 * half of the rest. */
uint64_t png_library_memory(uint32_t width) { return 2 * (8 * (uint64_t)width + 192) + (96 << 10); }

/* Rows */

/* Takes in the row that has just been read into `line` (palette indices) or its place in the sink. */
static void take_row(library_t *library)
{
  png_decoding_t *decoding = library->decoding;
  assay_decoder_t *decoder = decoding->decoder;
  const png_layout_t *layout = &decoding->file->layout;
  bool interlaced = layout->interlaced, indexed = layout->color_type == 3;
  uint32_t start = interlaced ? (uint32_t)PNG_PASS_START_COL(library->pass) : 0;
  uint32_t step = interlaced ? 1u << PNG_PASS_COL_SHIFT(library->pass) : 1;
  if (interlaced && !PNG_ROW_IN_INTERLACE_PASS(library->y, library->pass)) return;
  if (start >= layout->width) return;
  uint8_t *out = interlaced ? library->frame + decoder->sink.stride * library->y : sink_rows(decoder);
  if (indexed && !png_expand_indices(layout, library->line, start, step, out)) decoding->bad_index = true;
  if (decoder->request.collect_values) {
    png_collect_row(layout, indexed ? library->line : out, start, step, decoder->values);
  }
  decoding->any_pixels = true;
  if (!interlaced) sink_commit(decoder, 1);
}

static void read_pass(library_t *library)
{
  assay_decoder_t *decoder = library->decoding->decoder;
  const png_layout_t *layout = &library->decoding->file->layout;
  for (library->y = 0; library->y < layout->height; library->y++) {
    uint8_t *out = layout->color_type == 3 ? library->line
      : layout->interlaced ? library->frame + decoder->sink.stride * library->y
                           : sink_rows(decoder);
    png_read_row(library->png, out, NULL);
    take_row(library);
  }
}

/* Sink pixels from whatever is stored; of a palette image its indices. */
static void choose_transforms(png_structp png, const png_layout_t *layout)
{
  const uint16_t one = 1;
  bool is_little_endian = *(const uint8_t *)&one == 1;
  png_set_interlace_handling(png);
  if (layout->color_type == 3) {
    png_set_packing(png);
    return;
  }
  if (layout->depth < 8) png_set_expand_gray_1_2_4_to_8(png);
  if (layout->depth == 16 && is_little_endian) png_set_swap(png);
  if (layout->has_key) png_set_tRNS_to_alpha(png);
  uint32_t channels = png_channels(layout);
  if (channels == 2) png_set_gray_to_rgb(png);
  if (channels == 3) png_set_filler(png, 0xffff, PNG_FILLER_AFTER);
}

static void configure(png_structp png, const png_decoding_t *decoding)
{
  const png_file_t *file = decoding->file;
  png_set_benign_errors(png, 1);
  png_set_crc_action(png, PNG_CRC_QUIET_USE, PNG_CRC_QUIET_USE);
  png_set_user_limits(png, file->layout.width, file->layout.height);
  png_set_chunk_cache_max(png, 1);
  png_set_chunk_malloc_max(png, file->data_bytes + 3 * 256);
  /* Files whose zlib header names too small a window are common, and libdeflate does not mind them either. */
  png_set_option(png, PNG_MAXIMUM_INFLATE_WINDOW, PNG_OPTION_ON);
  /* A checksum that does not hold would cost us the last row. */
  if (decoding->is_verified) png_set_option(png, PNG_IGNORE_ADLER32, PNG_OPTION_ON);
}

/* Everything that can jump. */
static void decode_guarded(library_t *library)
{
  png_decoding_t *decoding = library->decoding;
  const png_layout_t *layout = &decoding->file->layout;
  if (setjmp(library->jump) != 0) return;
  library->png = png_create_read_struct_2(
    PNG_LIBPNG_VER_STRING, library, on_error, on_warning, library, allocate, release);
  if (library->png == NULL) return;
  library->info = png_create_info_struct(library->png);
  if (library->info == NULL) return;
  png_set_read_fn(library->png, library, read_source);
  configure(library->png, decoding);
  png_read_info(library->png, library->info);
  choose_transforms(library->png, layout);
  png_read_update_info(library->png, library->info);
  size_t pixel = layout->color_type == 3 ? 1 : decoding->decoder->sink.pixel_size;
  if (png_get_rowbytes(library->png, library->info) != pixel * layout->width) {
    png_error(library->png, "rows of another size than asked for");
  }
  int passes = layout->interlaced ? 7 : 1;
  for (library->pass = 0; library->pass < passes; library->pass++) read_pass(library);
}

/* libpng looks for the end of the compressed data inside its last call for a row. If that fails, the row has come all the
 * same. */
static bool failed_after_last_row(const library_t *library)
{
  const png_layout_t *layout = &library->decoding->file->layout;
  if (library->y + 1 != layout->height) return false;
  return layout->interlaced ? library->pass == 6 && png_get_current_pass_number(library->png) == 7
                            : png_get_current_row_number(library->png) == layout->height;
}

static uint32_t whole_rows(const library_t *library)
{
  bool interlaced = library->decoding->file->layout.interlaced;
  return !interlaced || library->pass >= 6 ? library->y : 0;
}

void png_decode_by_library(png_decoding_t *decoding, uint8_t *line)
{
  const png_layout_t *layout = &decoding->file->layout;
  library_t *library = calloc(1, sizeof *library);
  if (library == NULL) {
    decoding->out_of_memory = true;
    return;
  }
  library->decoding = decoding;
  library->line = line;
  library->allowance = png_library_memory(layout->width);
  library->frame = layout->interlaced ? sink_frame(decoding->decoder) : NULL;
  rewrite(library);
  decode_guarded(library);
  if (library->png != NULL && failed_after_last_row(library)) {
    take_row(library);
    library->y++;
  }
  decoding->rows = whole_rows(library);
  /* Of data that are only short, libpng goes on to ask for the next chunk. */
  decoding->is_corrupt = library->source[2].left >= sizeof library->tail - 4;
  png_destroy_read_struct(&library->png, &library->info, NULL);
  free(library);
}
