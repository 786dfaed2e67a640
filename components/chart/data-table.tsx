import type { ReactNode } from 'react'
import { cx } from '../ui/class-names'

/** A number with its unit stays on one line. */
const isShort = (cell: ReactNode) => typeof cell === 'string' && cell.length <= 16

/** A column without a name has no header cell. */
const Head = ({ empty, ...rest }: { empty: boolean; className: string; children: ReactNode }) => (empty ? <td {...rest} /> : <th scope="col" {...rest} />)

/** The numbers behind a chart. The first column names the row; the others stand right, under each other. */
export function DataTable({ caption, head, rows, className }: { caption: string; head: readonly ReactNode[]; rows: readonly (readonly ReactNode[])[]; className?: string }) {
  return (
    <div tabIndex={0} role="region" aria-label={caption} className={cx('max-h-96 overflow-auto', className)}>
      <table className="w-full border-collapse tabular-nums">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>{head.map((cell, i) => <Head key={i} empty={cell === ''} className={cx('sticky top-0 border-b border-line bg-page py-1 pr-4 font-medium whitespace-nowrap text-soft', i === 0 ? 'text-left' : 'text-right')}>{cell}</Head>)}</tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at} className="hover:bg-hover">
              {row.map((cell, i) => i === 0 ? <th key={i} scope="row" className="border-b border-line py-1 pr-4 text-left align-top font-normal">{cell}</th> : <td key={i} className={cx('border-b border-line py-1 pr-4 text-right align-top', isShort(cell) && 'whitespace-nowrap')}>{cell}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
