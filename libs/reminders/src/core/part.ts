/** The part of an agreement's page a notification leads to, as its address ends. */
export type Part = '' | '/involvement' | '/risk' | '/sign-offs' | '/award' | '/delivery' | '/value';
