/* Preloaded into a service: writes down, in one file and one order, what it writes to its write-ahead log, when that is
   made durable, and what it answers. One line each, by thread:

     1234 write plans.sqlite-wal <key> <key> ...     written; the keys among the bytes
     1234 sync plans.sqlite-wal                      fdatasync or fsync begins
     1234 synced plans.sqlite-wal                    it has returned
     1234 reply 200 <key>                            a reply's header is about to be sent

   ORDER_LOG names the file. ORDER_KEYS is how the keys of the test begin: 8 bytes in hex. With ORDER_NO_SYNC nothing is made
   durable and nothing is said of it, as with synchronous=OFF. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int order = -1;
static unsigned char beginning[8];

__attribute__((constructor)) static void open_order(void) {
  const char *path = getenv("ORDER_LOG"), *keys = getenv("ORDER_KEYS");
  if (!path || !keys) return;
  for (int i = 0; i < 8; i++) sscanf(keys + 2 * i, "%2hhx", &beginning[i]);
  order = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* One write of the system's own: lines neither mix nor pass each other. */
static void note(const char *line, size_t length) {
  if (order >= 0) syscall(SYS_write, order, line, length);
}

static void hex(char *text, const unsigned char *key) {
  for (int i = 0; i < 16; i++) sprintf(text + 2 * i, "%02x", key[i]);
}

/* The last part of the path behind a descriptor; 0 for one that is no file. */
static const char *name(int file, char *path, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, size - 1);
  if (length < 0) return 0;
  path[length] = 0;
  char *slash = strrchr(path, '/');
  return slash ? slash + 1 : 0;
}

static void note_write(int file, const void *bytes, size_t count) {
  char path[4096], line[65536];
  const char *file_name = order < 0 ? 0 : name(file, path, sizeof path);
  size_t length = file_name ? strlen(file_name) : 0;
  if (length < 4 || strcmp(file_name + length - 4, "-wal")) return;
  int end = snprintf(line, sizeof line, "%ld write %s", syscall(SYS_gettid), file_name);
  const unsigned char *at = bytes, *limit = at + count;
  while (limit - at >= 16 && (at = memmem(at, limit - at - 8, beginning, 8)) && end < (int)sizeof line - 40) {
    line[end++] = ' ';
    hex(line + end, at);
    end += 32;
    at += 16;
  }
  line[end++] = '\n';
  note(line, end);
}

static void note_sync(const char *word, int file) {
  char path[4096], line[4200];
  const char *file_name = order < 0 ? 0 : name(file, path, sizeof path);
  if (!file_name) return;
  note(line, snprintf(line, sizeof line, "%ld %s %s\n", syscall(SYS_gettid), word, file_name));
}

ssize_t write(int file, const void *bytes, size_t count) {
  ssize_t done = syscall(SYS_write, file, bytes, count);
  if (done > 0) note_write(file, bytes, done);
  return done;
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
  ssize_t done = syscall(SYS_pwrite64, file, bytes, count, offset);
  if (done > 0) note_write(file, bytes, done);
  return done;
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) { return pwrite64(file, bytes, count, offset); }

static int sync_with(long call, int file) {
  if (getenv("ORDER_NO_SYNC")) return 0;
  note_sync("sync", file);
  int failed = syscall(call, file);
  if (!failed) note_sync("synced", file);
  return failed;
}

int fdatasync(int file) { return sync_with(SYS_fdatasync, file); }
int fsync(int file) { return sync_with(SYS_fsync, file); }

struct zmq_msg_t;
int zmq_msg_send(struct zmq_msg_t *message, void *socket, int flags) {
  static int (*send)(struct zmq_msg_t *, void *, int);
  static unsigned char *(*data)(struct zmq_msg_t *);
  static size_t (*size)(const struct zmq_msg_t *);
  if (!send) {
    data = dlsym(RTLD_DEFAULT, "zmq_msg_data");
    size = dlsym(RTLD_DEFAULT, "zmq_msg_size");
    send = dlsym(RTLD_NEXT, "zmq_msg_send");
  }
  const unsigned char *header = data(message);
  if (size(message) == 48 && !memcmp(header, "XSB", 3) && header[4] == 2) {
    char line[128], key[33];
    hex(key, header + 16);
    int code = header[32] << 8 | header[33];
    note(line, snprintf(line, sizeof line, "%ld reply %d %s\n", syscall(SYS_gettid), code, key));
  }
  return send(message, socket, flags);
}
