import { withoutQuotes } from './words'

const PHRASES = /\b(?:i(?:['’]m| am) (?:sorry|unable to|not able to|afraid i)|(?:sorry|apologies),? (?:but )?i\b|i apologi[sz]e|i (?:cannot|can['’]?t|can not|won['’]t|am not allowed to|am not permitted to|do not feel comfortable|don['’]t feel comfortable) (?:to )?(?:assist|help|describe|provide|identify|comply|caption|generate|create|see|view|process|analy[sz]e|fulfil|answer|discuss|do that)|as an? (?:ai|artificial intelligence|language model|large language model)|(?:unable|not possible) to (?:describe|process|view|see|load|open|access|provide) (?:the|this|that|your|an?) (?:image|picture|photo|content|caption|request)|(?:your|the) message is empty|please (?:upload|provide|share|attach) (?:the|an|your|a) (?:image|picture|photo)|(?:no|without an?) (?:image|picture|photo) (?:was |is |has been )?(?:provided|attached|uploaded|included|visible)|against (?:my|our|the) (?:policy|policies|guidelines|content policy)|content policy)\b/i

/** The words in which an answer declines instead of describing; undefined when it does not. What a sign on the picture says does not count. */
export const refusalIn = (text: string): { words: string; at: number } | undefined => {
  const found = PHRASES.exec(withoutQuotes(text))
  return found ? { words: found[0], at: found.index } : undefined
}
