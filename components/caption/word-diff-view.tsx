import { wordDiff } from './word-diff'

/** An edit word by word: what went is struck, what came is underlined. */
export function WordDiff({ before, after }: { before: string; after: string }) {
  return (
    <div className="measure max-h-96 overflow-y-auto text-caption whitespace-pre-wrap">
      <bdi dir="auto">
        {wordDiff(before, after).map((part, i) => {
          if (part.change === 'added') return <ins key={i} className="rounded-small bg-approved-tint text-approved underline decoration-2 underline-offset-2">{part.text}</ins>
          if (part.change === 'removed') return <del key={i} className="rounded-small bg-rejected-tint text-rejected line-through">{part.text}</del>
          return <span key={i}>{part.text}</span>
        })}
      </bdi>
    </div>
  )
}
