import type { ObjectStore, Upload } from '../../shared/ports/object-store.ts';

/** Keeps the order in which objects got their keys, and what became of uploads; some may fail. */
export const recordingStore = (store: ObjectStore, uploadFaults: Partial<Upload> = {}) => {
  const writes: string[] = [];
  const uploads = { opened: 0, abandoned: 0 };
  const recorded: ObjectStore = {
    ...store,
    create: (key, bytes) => {
      writes.push(`create ${key}`);
      return store.create(key, bytes);
    },
    replace: (key, bytes, version) => {
      writes.push(`replace ${key}`);
      return store.replace(key, bytes, version);
    },
    copy: (from, to) => {
      writes.push(`copy ${to}`);
      return store.copy(from, to);
    },
    upload: async () => {
      uploads.opened += 1;
      const upload = await store.upload();
      return {
        ...upload,
        finish: (key) => {
          writes.push(`finish ${key}`);
          return upload.finish(key);
        },
        ...uploadFaults,
        abandon: () => {
          uploads.abandoned += 1;
          return upload.abandon();
        },
      };
    },
  };
  return { store: recorded, writes, uploads };
};
