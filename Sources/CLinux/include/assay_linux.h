// The Linux calls assay needs and glibc's Swift overlay does not offer: the one place to port.
//
// Every function returns -1 (or a negative count) and sets errno on failure, like the calls it wraps. No function
// keeps a pointer it was given. All of them may be called from any thread.
#ifndef ASSAY_LINUX_H
#define ASSAY_LINUX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// The most descriptors one message can carry (the kernel's SCM_MAX_FD is 253).
#define ASSAY_MAX_DESCRIPTORS 128

// An anonymous, close-on-exec memory file. The corresponding C function is `memfd_create`.
int assay_memory_file(const char *name);

// Another descriptor of a memory file, through which it can only be read and mapped for reading. Close-on-exec.
int assay_reopen_for_reading(int memory_file);

// A file of `length` bytes in `folder` that has no name and ends with its last descriptor. Its space is claimed: a full
// disk is an error here and not a signal later. Close-on-exec.
int assay_unnamed_file(const char *folder, uint64_t length);

// Opens `path` below `directory`, never leaving it and never following a symbolic link (EXDEV, ELOOP). Kernels without
// `openat2` get `assay_walk_beneath`, which is no weaker. Close-on-exec.
int assay_open_beneath(int directory, const char *path);

// As above, folder by folder; `..` is refused even where it would not lead out.
int assay_walk_beneath(int directory, const char *path);

// What a name or a descriptor is. A symbolic link is itself, never what it points to.
typedef enum { ASSAY_FILE_REGULAR, ASSAY_FILE_DIRECTORY, ASSAY_FILE_OTHER } assay_file_type_t;
assay_file_type_t assay_file_type(int directory, const char *name);

// The size of a regular file, or -1 when the descriptor is anything else.
int64_t assay_regular_size(int descriptor);

// A file without a name in `folder`, to be written and then given one by `assay_name_file`. Fails with EOPNOTSUPP or
// EISDIR where the file system has no such files. Close-on-exec.
int assay_nameless_file(const char *folder);

// Gives a nameless file a name that is not taken.
int assay_name_file(int file, const char *path);

// A connected pair of close-on-exec stream sockets.
int assay_socket_pair(int pair[2]);

// A close-on-exec pipe: reading end, writing end.
int assay_pipe(int ends[2]);

// Writes all of `bytes`, with `count` descriptors on the first byte. Never raises SIGPIPE.
int assay_send(int socket, const void *bytes, size_t length, const int *descriptors, size_t count);

// Reads at most `capacity` bytes; descriptors that came along are stored, close-on-exec, `*count` says how many.
// Returns 0 at the end of the stream.
ssize_t assay_receive(int socket, void *bytes, size_t capacity, int *descriptors, size_t *count);

// Starts `path` with `control` as descriptor 3 and `errors` as descriptor 2 (descriptors 0 and 1 are /dev/null), a
// scrubbed environment and its own process group. Returns the process id.
pid_t assay_spawn_worker(const char *path, const char *role, int control, int errors);

// Starts `/bin/sh -c command` with `output` as its standard output, in a process group of its own. SIGINT, SIGTERM and
// SIGHUP to this process end the group too, until `assay_release_shell`. Returns the process id.
pid_t assay_spawn_shell(const char *command, int output);

// Forgets a shell that has ended.
void assay_release_shell(pid_t process);

// Runs `body(context)` on a detached thread with a stack of 8 MiB, whatever the shell's limit is.
int assay_start_thread(void *(*body)(void *), void *context);

// Allows as many open files as the hard limit does. Returns how many that is.
uint64_t assay_raise_file_limit(void);

// Asks the kernel to kill this process when its parent dies.
int assay_die_with_parent(void);

// What `assay_enter_sandbox` could put in force.
typedef struct {
  bool no_new_privileges;
  bool system_call_filter;
  bool no_files;        // Landlock: no path can be opened any more
  uint64_t data_limit;  // RLIMIT_DATA in bytes, 0 when none could be set
} assay_sandbox_t;

// Gives up what a worker does not need: new privileges, the file system, all system calls but a short list (others
// answer EPERM), memory beyond `data_limit`. What the kernel lacks is left false in the answer, not an error.
assay_sandbox_t assay_enter_sandbox(uint64_t data_limit);

// As above for a worker that loads plugins: it may open libraries of the system for reading, and nothing else.
assay_sandbox_t assay_enter_plugin_sandbox(uint64_t data_limit);

// For a worker in the sandbox of plugins that has loaded what it will: no memory becomes code any more. Returns whether that
// is in force; without a filter of system calls it is not.
bool assay_forbid_new_code(void);

// Maps the bytes of a sealed copy, so that what was hashed is what runs: copies `length` bytes into a memory file,
// seals it against every change and stores its descriptor's path for `dlopen` in `path` (at least 32 bytes).
int assay_sealed_copy(const void *bytes, size_t length, char *path, size_t capacity);

// Arms the CPU limit: the process is killed after `seconds` more of CPU time.
int assay_limit_cpu(uint64_t seconds);

// One 64-bit word shared between two processes; `word` points into a shared mapping and is 8-byte aligned.
static inline void assay_word_store(uint64_t *word, uint64_t value) {
  __atomic_store_n(word, value, __ATOMIC_RELEASE);
}
static inline uint64_t assay_word_load(const uint64_t *word) { return __atomic_load_n(word, __ATOMIC_ACQUIRE); }

// Decodes the status `waitpid` gave: the signal that ended the process (or 0) and its exit code.
static inline int assay_status_signal(int status) { return (status & 0x7f) == 0x7f ? 0 : (status & 0x7f); }
static inline int assay_status_code(int status) { return (status >> 8) & 0xff; }

#endif
