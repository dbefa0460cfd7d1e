/** Who may see an event; fixed when it is appended (L6). */
export type Audience = 'everyone' | { staff: boolean; participants: readonly string[] };
