import type { Verb } from '../types'

/**
 * Every verb by its id, in the order in which the help lists them. A verb is loaded when it is asked for: what one needs
 * (captioners, formats, word models) costs the others nothing.
 */
const loaders: Readonly<Record<string, () => Promise<Verb>>> = {
  import: async () => (await import('./import')).importVerb,
  'undo-import': async () => (await import('./undo-import')).undoImport,
  fetch: async () => (await import('./fetch')).fetchVerb,
  sync: async () => (await import('./sync')).sync,
  datasets: async () => (await import('./datasets')).datasets,
  samples: async () => (await import('./samples')).samples,
  check: async () => (await import('./check')).check,
  run: async () => (await import('./run')).run,
  runs: async () => (await import('./runs')).runs,
  models: async () => (await import('./models')).models,
  verdict: async () => (await import('./verdict')).verdict,
  flag: async () => (await import('./sample-verdict')).flag,
  unflag: async () => (await import('./sample-verdict')).unflag,
  drop: async () => (await import('./sample-verdict')).drop,
  keep: async () => (await import('./sample-verdict')).keep,
  bulk: async () => (await import('./bulk')).bulk,
  replace: async () => (await import('./replace')).replace,
  undo: async () => (await import('./undo')).undo,
  redo: async () => (await import('./undo')).redo,
  decisions: async () => (await import('./decisions')).decisions,
  certify: async () => (await import('./certify')).certify,
  report: async () => (await import('./report')).report,
  export: async () => (await import('./export')).exportVerb,
  backup: async () => (await import('./backup')).backup,
  restore: async () => (await import('./backup')).restore,
  purge: async () => (await import('./purge')).purge,
  serve: async () => (await import('./serve')).serve,
  worker: async () => (await import('./worker')).worker,
  doctor: async () => (await import('./doctor')).doctor,
}

export const verbs = {
  ids: Object.keys(loaders),
  find: (id: string): Promise<Verb> | undefined => (Object.hasOwn(loaders, id) ? loaders[id]() : undefined),
  all: (): Promise<Verb[]> => Promise.all(Object.values(loaders).map((load) => load())),
}
