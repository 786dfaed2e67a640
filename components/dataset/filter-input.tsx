'use client'

import { useId, useState, type RefObject } from 'react'
import { useFacets } from '../queries'
import { cx } from '../ui/class-names'
import { formatCount } from '../ui/numbers'
import { completionsAt, type Completion } from './complete'

type Props = {
  dataset: string
  input: RefObject<HTMLInputElement | null>
  draft: string
  invalid: boolean
  onDraft: (draft: string) => void
  /** Enter, or a value was chosen */
  onApply: (draft: string) => void
  onLeave: () => void
}

/** Where a filter is typed; below it what can stand at the cursor, chosen by arrows and Enter or Tab. */
export function FilterInput({ dataset, input, draft, invalid, onDraft, onApply, onLeave }: Props) {
  const list = useId()
  const [cursor, setCursor] = useState<number | null>(null)
  const [at, setAt] = useState(-1)
  const { data } = useFacets(dataset, '', cursor !== null)
  const found = cursor === null ? undefined : completionsAt(draft, cursor, data?.values ?? {})
  const options = found?.options ?? []
  const shown = options.length > 0
  const place = (caret: number | null) => {
    setCursor(caret)
    setAt(-1)
  }
  const choose = ({ text, more }: Completion) => {
    if (!found) return
    const rest = draft.slice(found.to)
    const put = `${draft.slice(0, found.from)}${text}${more || rest.startsWith(' ') ? '' : ' '}`
    const caret = put.length
    onDraft(put + rest)
    if (!more) onApply(put + rest)
    place(caret)
    requestAnimationFrame(() => input.current?.setSelectionRange(caret, caret))
  }
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && shown) {
      event.preventDefault()
      setAt((at + step + (at < 0 && step < 0 ? 1 : 0) + options.length) % options.length)
    } else if ((event.key === 'Enter' || event.key === 'Tab') && shown && at >= 0) {
      event.preventDefault()
      choose(options[at])
    } else if (event.key === 'Enter') {
      place(null)
      onApply(draft)
    } else if (event.key === 'Escape' && shown) {
      event.stopPropagation()
      place(null)
    } else if (event.key === 'Escape') onLeave()
  }
  return (
    <div className="relative min-w-0 flex-1">
      <input
        ref={input}
        type="search"
        role="searchbox"
        aria-label="Filter"
        aria-invalid={invalid}
        aria-describedby={invalid ? 'filter-error' : undefined}
        aria-autocomplete="list"
        aria-controls={shown ? list : undefined}
        aria-activedescendant={shown && at >= 0 ? `${list}-${at}` : undefined}
        value={draft}
        spellCheck={false}
        autoComplete="off"
        placeholder="Filter: words of a caption, flag:boilerplate, kind:alt words:<4"
        onChange={(event) => {
          onDraft(event.target.value)
          place(event.target.selectionStart)
        }}
        onSelect={(event) => {
          // The first sight of the field is quiet; once it is typed in, the list follows the cursor.
          if (cursor !== null && event.currentTarget.selectionStart !== cursor) place(event.currentTarget.selectionStart)
        }}
        onBlur={() => place(null)}
        onKeyDown={onKeyDown}
        className={cx('h-8 w-full min-w-0 rounded-medium border bg-page px-2 [&::-webkit-search-cancel-button]:hidden', invalid ? 'border-rejected' : 'border-line-strong')}
      />
      {shown && (
        <ul id={list} role="listbox" aria-label="What can stand here" className="absolute top-9 left-0 z-30 max-h-80 w-[min(440px,calc(100vw-32px))] overflow-auto rounded-medium border border-line bg-raised py-1 shadow-float">
          {options.map((option, i) => (
            <li
              key={option.text}
              id={`${list}-${i}`}
              role="option"
              aria-selected={i === at}
              // Before the field loses its focus, which would close the list.
              onPointerDown={(event) => {
                event.preventDefault()
                choose(option)
              }}
              className={cx('flex min-h-8 items-center gap-3 px-3', i === at ? 'bg-hover' : 'hover:bg-hover')}
            >
              <bdi className="min-w-0 flex-1 truncate font-mono">{option.text}</bdi>
              <span className="truncate text-faint tabular-nums">{option.count === undefined ? option.says : `${formatCount(option.count)}${data?.total.capped ? '+' : ''}`}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
