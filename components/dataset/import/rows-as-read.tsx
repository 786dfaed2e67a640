import type { ImportProblemView } from '@/lib/import/schema'
import type { ImportPreview } from '../../api'
import { CaptionText } from '../../caption/caption-text'
import { TrainerMenu } from '../../caption/trainer-menu'
import { OriginBadge } from '../../ui/badge'

const said = (value: unknown): string => (value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value))

/** The first samples exactly as they will be read. */
export function RowsAsRead({ preview }: { preview: ImportPreview }) {
  if (preview.samples.length === 0) return null
  const carried = [...new Set(preview.samples.flatMap((sample) => Object.keys(sample.meta ?? {})))]
  return (
    <section aria-label="The first samples as they will be read">
      <header className="mb-1 flex items-center justify-between gap-2">
        <h3 className="text-soft">The first {preview.samples.length === 1 ? 'sample' : `${preview.samples.length} samples`} as {preview.samples.length === 1 ? 'it' : 'they'} will be read</h3>
        <TrainerMenu />
      </header>
      <div className="max-h-80 overflow-auto rounded-medium border border-line">
        <table className="w-full border-collapse text-left">
          <thead className="sticky top-0 bg-sunken">
            <tr>{['Key', 'Captions', ...carried].map((name) => <th key={name} scope="col" className="border-b border-line px-2 py-1 font-medium whitespace-nowrap">{name}</th>)}</tr>
          </thead>
          <tbody>
            {preview.samples.map((sample) => (
              <tr key={sample.key} className="border-b border-line align-top last:border-0">
                <th scope="row" className="max-w-48 min-w-28 px-2 py-1 font-normal break-words"><bdi>{sample.key}</bdi></th>
                <td className="min-w-64 px-2 py-1">
                  {sample.captions.length === 0 && <span className="text-faint">no caption</span>}
                  {sample.captions.map((caption, i) => (
                    <div key={i} className="flex items-start gap-2 py-0.5">
                      <span className="shrink-0 text-faint">{caption.kind}</span>
                      <span className="shrink-0"><OriginBadge origin={caption.origin} /></span>
                      <CaptionText small text={caption.text} cuts={caption.cuts} lines={2} />
                    </div>
                  ))}
                </td>
                {carried.map((name) => <td key={name} className="max-w-48 truncate px-2 py-1 text-soft"><bdi dir="auto">{said(sample.meta?.[name]).slice(0, 120)}</bdi></td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** What could not be read, with its place. */
export function Problems({ problems, title }: { problems: readonly ImportProblemView[]; title: (count: number) => string }) {
  if (problems.length === 0) return null
  return (
    <section aria-label="Problems">
      <h3 className="mb-1 text-rejected">{title(problems.length)}</h3>
      <ul className="max-h-48 overflow-y-auto rounded-medium border border-line">
        {problems.slice(0, 200).map((problem, i) => (
          <li key={i} className="border-b border-line px-2 py-1 last:border-0 [overflow-wrap:anywhere]">
            <bdi className="text-faint">{problem.path}{problem.line ? `, line ${problem.line}` : ''}</bdi> {problem.why}
          </li>
        ))}
      </ul>
      {problems.length > 200 && <p className="mt-1 text-faint">The first 200 are shown.</p>}
    </section>
  )
}
