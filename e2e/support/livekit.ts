/** Ends the stack's LiveKit as a crash would. The test has to bring it back: `restartLivekit`. */
export function killLivekit(): Promise<void> {
  return control('livekit/kill');
}

/** LiveKit again, on the same ports with the same keys; resolves when it answers. */
export function restartLivekit(): Promise<void> {
  return control('livekit/restart');
}

async function control(action: string): Promise<void> {
  const response = await fetch(`${process.env.LECTERN_STACK_CONTROL}/${action}`, { method: 'POST' });
  if (!response.ok) throw new Error(`${action}: ${response.status} ${await response.text()}`);
}
