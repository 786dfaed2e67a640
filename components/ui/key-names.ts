const SHOWN: Record<string, string> = { $mod: 'Ctrl', Control: 'Ctrl', Meta: '⌘', Shift: 'Shift', Escape: 'Esc', ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', ' ': 'Space', Space: 'Space', Enter: '↵' }

/** How a binding reads on a key cap: presses in order, each with its modifiers. */
export const shownKeys = (binding: string): string[] =>
  binding.split(' ').filter(Boolean).map((press) => SHOWN[press] ?? press.replace(/\[\w+\]\+/g, '').split('+').map((part) => SHOWN[part] ?? (part.length === 1 ? part.toUpperCase() : part.replace(/^Key/, ''))).join(' '))
