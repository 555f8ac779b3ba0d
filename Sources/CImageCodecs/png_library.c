/* PNG by libpng, row by row. Its longjmp stays inside decode_guarded.
 *
 * libpng does not see the file but a rewriting of it: signature, IHDR, PLTE, tRNS of a colour key, IDAT, IEND. The
 * chunk walk has checked every CRC and judged every chunk, so no ancillary chunk's parser runs on foreign bytes,
 * and damage outside the image data cannot end decoding. Image data that libdeflate has inflated already are
 * handed on as stored blocks, which take zlib no more than a copy; others as they are, in one IDAT chunk. */

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "png_decoding.h"

/* Bytes of a stored block at most (RFC 1951, section 3.2.4); each has an IDAT chunk of its own. */
enum { BLOCK_BYTES = 65535 };

typedef struct {
  png_decoding_t *decoding;
  png_structp png;
  png_infop info;
  jmp_buf jump;
  size_t allowance; /* bytes that may still be allocated */
  /* What libpng reads: the head, image data, each stored block's head before it, and the tail. */
  uint8_t head[8 + 25 + 12 + 3 * 256 + 12 + 6 + 14];
  uint8_t block_head[4 + 8 + 5];
  uint8_t tail[4 + 16 + 12];
  size_t tail_count;
  const uint8_t *next; /* the bytes being read */
  size_t left;
  const uint8_t *data; /* image data that come after them */
  size_t data_left;
  size_t block; /* bytes of these that come next, or 0 where a head is due */
  bool in_tail;
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

/* The end of an IDAT chunk, and IEND. */
static uint8_t *put_end(uint8_t *out) { return put_u32(put_head(put_u32(out, 0), "IEND", 0), 0); }

static void rewrite(library_t *library)
{
  const png_decoding_t *decoding = library->decoding;
  const png_layout_t *layout = &decoding->file->layout;
  memcpy(library->head, "\x89PNG\r\n\x1a\n", 8);
  uint8_t *out = put_key(put_palette(put_header(library->head + 8, layout), layout), layout);
  uint8_t *tail = library->tail;
  if (decoding->inflated != NULL) {
    out = put_head(out, "IDAT", 2);
    *out++ = 0x78; /* zlib, 32 KiB window, no dictionary */
    *out++ = 0x01;
    library->data = decoding->inflated;
    library->data_left = decoding->inflated_bytes;
    tail = put_u32(put_head(put_u32(tail, 0), "IDAT", 4), 0);
  } else {
    out = put_head(out, "IDAT", (uint32_t)decoding->file->data_bytes);
    library->data = decoding->data;
    library->block = library->data_left = decoding->file->data_bytes;
  }
  library->tail_count = (size_t)(put_end(tail) - library->tail);
  library->next = library->head;
  library->left = (size_t)(out - library->head);
}

/* Ends the chunk before and begins the next stored block. */
static void begin_block(library_t *library)
{
  size_t count = library->data_left < BLOCK_BYTES ? library->data_left : BLOCK_BYTES;
  uint8_t *out = put_head(put_u32(library->block_head, 0), "IDAT", (uint32_t)count + 5);
  uint8_t low = (uint8_t)count, high = (uint8_t)(count >> 8);
  uint8_t head[5] = {count == library->data_left, low, high, (uint8_t)~low, (uint8_t)~high};
  memcpy(out, head, 5);
  library->next = library->block_head;
  library->left = sizeof library->block_head;
  library->block = count;
}

/* Goes on to the next bytes to read; false after the last. */
static bool advance(library_t *library)
{
  if (library->block > 0) {
    library->next = library->data;
    library->left = library->block;
    library->data += library->block;
    library->data_left -= library->block;
    library->block = 0;
  } else if (library->data_left > 0) {
    begin_block(library);
  } else if (!library->in_tail) {
    library->next = library->tail;
    library->left = library->tail_count;
    library->in_tail = true;
  } else {
    return false;
  }
  return true;
}

/* Of data that are only short, libpng goes on to ask for the chunk after them. */
static bool has_asked_for_more(const library_t *library)
{
  return library->in_tail && library->left < library->tail_count - 4;
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
  while (count > 0) {
    if (library->left == 0 && !advance(library)) png_error(png, "read past the end");
    size_t part = count < library->left ? count : library->left;
    memcpy(out, library->next, part);
    library->next += part;
    library->left -= part;
    out += part;
    count -= part;
  }
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

/* Two rows of at most 8 bytes a pixel, padded; libpng's and zlib's states, the window and the read buffer take
 * less than half of the rest. */
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
  png_set_chunk_malloc_max(png, file->data_bytes + BLOCK_BYTES + 5);
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

/* libpng looks for the end of the compressed data inside its last call for a row. If that fails, the row has come
 * all the same. */
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
  decoding->is_corrupt = decoding->inflated != NULL || !has_asked_for_more(library);
  png_destroy_read_struct(&library->png, &library->info, NULL);
  free(library);
}
