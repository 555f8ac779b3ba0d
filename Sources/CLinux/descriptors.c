#define _GNU_SOURCE
#include "assay_linux.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int assay_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING); }

int assay_reopen_for_reading(int memory_file) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", memory_file);
  return open(link, O_RDONLY | O_CLOEXEC);
}

int assay_unnamed_file(const char *folder, uint64_t length) {
  int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) return -1;
  int failure = posix_fallocate(file, 0, (off_t)length);
  if (failure == 0) return file;
  close(file);
  errno = failure;
  return -1;
}

int assay_nameless_file(const char *folder) { return open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0644); }

int assay_name_file(int file, const char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  return linkat(AT_FDCWD, link, AT_FDCWD, path, AT_SYMLINK_FOLLOW);
}

int assay_sealed_copy(const void *bytes, size_t length, char *path, size_t capacity) {
  int copy = assay_memory_file("assay-plugin");
  if (copy < 0) return -1;
  const char *next = bytes;
  for (size_t rest = length; rest > 0;) {
    ssize_t written = write(copy, next, rest);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) goto failed;
    next += written;
    rest -= (size_t)written;
  }
  if (fcntl(copy, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0) goto failed;
  if (snprintf(path, capacity, "/proc/self/fd/%d", copy) >= (int)capacity) goto failed;
  return copy;
failed:
  close(copy);
  return -1;
}

// O_NONBLOCK: opening a FIFO or a device must not hang; regular files ignore it.
static const int reading = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;

int assay_open_beneath(int directory, const char *path) {
  struct open_how how = {
      .flags = (unsigned long long)reading,
      .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
  };
  int file = (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
  // An older kernel has no such call, and some containers' filters answer EPERM to what they do not know.
  if (file >= 0 || (errno != ENOSYS && errno != EPERM)) return file;
  return assay_walk_beneath(directory, path);
}

// Opens one component. A symbolic link is ELOOP, as it is with `openat2`, and not ENOTDIR.
static int step(int directory, const char *name, int flags) {
  if (strcmp(name, "..") == 0) {
    errno = EXDEV;
    return -1;
  }
  int file = openat(directory, name, flags | O_NOFOLLOW | O_CLOEXEC);
  if (file >= 0 || errno != ENOTDIR) return file;
  struct stat status;
  bool is_link = fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
  errno = is_link ? ELOOP : ENOTDIR;
  return -1;
}

static void leave(int folder, int root) {
  int kept = errno;
  if (folder != root) close(folder);
  errno = kept;
}

int assay_walk_beneath(int directory, const char *path) {
  char rest[PATH_MAX];
  size_t length = strlen(path);
  if (length == 0 || length >= sizeof rest || path[0] == '/') {
    errno = length == 0 ? ENOENT : path[0] == '/' ? EXDEV : ENAMETOOLONG;
    return -1;
  }
  memcpy(rest, path, length + 1);
  int folder = directory;
  char *name = rest;
  for (char *slash; (slash = strchr(name, '/')); name = slash + 1) {
    *slash = 0;
    int next = step(folder, *name ? name : ".", O_PATH | O_DIRECTORY);
    leave(folder, directory);
    if (next < 0) return -1;
    folder = next;
  }
  int file = step(folder, *name ? name : ".", reading);
  leave(folder, directory);
  return file;
}

assay_file_type_t assay_file_type(int directory, const char *name) {
  struct stat status;
  if (fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return ASSAY_FILE_OTHER;
  if (S_ISREG(status.st_mode)) return ASSAY_FILE_REGULAR;
  return S_ISDIR(status.st_mode) ? ASSAY_FILE_DIRECTORY : ASSAY_FILE_OTHER;
}

int64_t assay_regular_size(int descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) ? (int64_t)status.st_size : -1;
}

int assay_socket_pair(int pair[2]) { return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair); }

int assay_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

// One ancillary buffer, aligned as the kernel wants it.
typedef union {
  struct cmsghdr header;
  char bytes[CMSG_SPACE(sizeof(int) * ASSAY_MAX_DESCRIPTORS)];
} ancillary_t;

static ssize_t send_once(int socket, const void *bytes, size_t length, const int *descriptors, size_t count) {
  struct iovec part = {.iov_base = (void *)bytes, .iov_len = length};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  ancillary_t ancillary;
  if (count > 0) {
    memset(&ancillary, 0, sizeof ancillary);
    message.msg_control = ancillary.bytes;
    message.msg_controllen = CMSG_SPACE(sizeof(int) * count);
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int) * count);
    memcpy(CMSG_DATA(header), descriptors, sizeof(int) * count);
  }
  return sendmsg(socket, &message, MSG_NOSIGNAL);
}

int assay_send(int socket, const void *bytes, size_t length, const int *descriptors, size_t count) {
  const char *next = bytes;
  if (count > ASSAY_MAX_DESCRIPTORS) {
    errno = EINVAL;
    return -1;
  }
  while (length > 0) {
    ssize_t sent = send_once(socket, next, length, descriptors, count);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return -1;
    next += sent;
    length -= (size_t)sent;
    count = 0;  // they went with the first byte
  }
  return 0;
}

ssize_t assay_receive(int socket, void *bytes, size_t capacity, int *descriptors, size_t *count) {
  struct iovec part = {.iov_base = bytes, .iov_len = capacity};
  ancillary_t ancillary;
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = ancillary.bytes, .msg_controllen = sizeof ancillary};
  *count = 0;
  ssize_t received;
  do {
    received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  } while (received < 0 && errno == EINTR);
  if (received < 0) return received;
  for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    size_t found = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    memcpy(descriptors + *count, CMSG_DATA(header), found * sizeof(int));
    *count += found;
  }
  return received;
}
