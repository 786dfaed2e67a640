const names: Readonly<Record<string, string>> = { train: 'train', training: 'train', test: 'test', testing: 'test', eval: 'test', evaluation: 'test', validation: 'validation', valid: 'validation', val: 'validation', dev: 'validation' }

/** The split a path lies in, by the folder names that Hugging Face datasets use; undefined when none. */
export function splitOf(path: string): string | undefined {
  for (const part of path.split('/').slice(0, -1)) {
    const name = part.toLowerCase()
    if (Object.hasOwn(names, name)) return names[name]
  }
  return undefined
}
