import type { Manifest } from './schema'

const SIZES: readonly (readonly [below: number, label: string])[] = [
  [1e3, 'n<1K'], [1e4, '1K<n<10K'], [1e5, '10K<n<100K'], [1e6, '100K<n<1M'], [1e7, '1M<n<10M'], [1e8, '10M<n<100M'], [1e9, '100M<n<1B'],
]
const sizeOf = (n: number) => SIZES.find(([below]) => n < below)?.[1] ?? 'n>1B'
const yaml = (text: string) => JSON.stringify(text)
/** Text from data stays text: neither HTML nor Markdown. */
const plain = (text: string) => text.replace(/\s+/g, ' ').replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? c).replace(/[\\`*_{}[\]#|!]/g, '\\$&')
const percent = (share: number) => `${(share * 100).toFixed(1).replace(/\.0$/, '')} %`
const number = (n: number) => n.toLocaleString('en')

function table(title: string, counts: Readonly<Record<string, number>>, total: number): string[] {
  const rows = Object.entries(counts)
  return rows.length === 0 ? [] : ['', `| ${title} | samples | share |`, '|---|---:|---:|', ...rows.map(([name, n]) => `| ${plain(name)} | ${number(n)} | ${percent(total ? n / total : 0)} |`)]
}

/** Hub licence ids are lower-case words; any other text becomes the name of an `other` licence. */
function licence(text: string): string[] {
  if (!text) return ['license: unknown']
  return /^[a-z0-9.+-]+$/i.test(text) ? [`license: ${text.toLowerCase()}`] : ['license: other', `license_name: ${yaml(text)}`]
}

/** The dataset card: README.md with the YAML head that the Hugging Face Hub reads, made of the manifest alone. */
export function cardOf(m: Manifest, language: string): string {
  const mode = { materialised: 'one caption a sample, chosen by the seed', quota: 'an exact share, by the seed', weighted: 'every candidate with the probability with which to draw it' }[m.spec.mode]
  return [
    '---',
    `pretty_name: ${yaml(m.dataset.name)}`,
    ...licence(m.dataset.licence),
    'language:', `- ${yaml(language)}`,
    'task_categories:', '- text-to-image', '- image-to-text',
    'tags:', '- recaptioned',
    'size_categories:', `- ${sizeOf(m.samples)}`,
    '---',
    '',
    `# ${plain(m.dataset.name)}`,
    ...(m.dataset.note ? ['', plain(m.dataset.note)] : []),
    '',
    `${number(m.samples)} samples with their captions, in the format \`${m.format}\`. ${percent(m.effectiveP)} of the captions are synthetic (asked for: ${percent(m.p)}; ${number(m.fallbacks)} fell back to the other side).`,
    ...table('caption', m.byKind, m.samples),
    ...table('written by', m.byOrigin, m.samples),
    ...table('model', m.byModel, m.samples),
    ...table('recipe', m.byRecipe, m.samples),
    ...table('standing', m.byStanding, m.samples),
    ...table('split', m.bySplit, m.samples),
    ...table('licence of the sample', m.byLicence, m.samples),
    '',
    '## How it was made',
    '',
    `- Blend: ${mode}; p ${m.p}, seed ${m.seed}, weights ${Object.keys(m.spec.weights).length ? `\`${JSON.stringify(m.spec.weights)}\`` : 'all kinds alike'}.`,
    `- Captions that were allowed: ${m.standings.join(', ')}.`,
    `- Selection: ${m.filter ? `\`${m.filter.replaceAll('`', "'")}\`` : 'all samples'}; ${number(m.excluded.dropped)} dropped by a person, ${number(m.excluded.nothingToSay)} without an allowed caption.`,
    ...m.certification.map((one) => `- Certified: ${number(one.certified)} captions of kind ${plain(one.kind)}; ${number(one.size)} looked at, ${number(one.errors)} wrong; fewer than ${percent(one.bound)} are wrong with ${percent(one.confidence)} confidence.`),
    ...(m.profile === 'spreadsheet' ? ["- Spreadsheet-safe: cells that a spreadsheet would run as a formula begin with a `'`."] : []),
    '- `manifest.json` holds the whole specification, the counts and a sha256 of every file.',
    '',
    `Made with Recaption ${m.app.version}.`,
    '',
  ].join('\n')
}
