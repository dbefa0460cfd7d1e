declare global {
  interface Window {
    /** The buttons and forms that were pressed before the page heard presses, each once, oldest first; taking ends it. */
    lecternTakePresses?: () => HTMLElement[];
  }
}

/**
 * Runs in the page's head (`InlineScript`), before anything can be pressed: remembers what is pressed while the page's code is
 * on its way. What the browser does by itself (links, popovers, fields) is left to it.
 */
export function rememberPresses(): void {
  const pressed = new Set<HTMLElement>();
  const onClick = ({ target }: Event) => {
    const button = target instanceof Element ? target.closest('button[type=button]') : null;
    if (button instanceof HTMLElement && !button.hasAttribute('popovertarget')) pressed.add(button);
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    if (event.target instanceof HTMLFormElement) pressed.add(event.submitter ?? event.target);
  };
  document.addEventListener('click', onClick, true);
  document.addEventListener('submit', onSubmit, true);
  window.lecternTakePresses = () => {
    document.removeEventListener('click', onClick, true);
    document.removeEventListener('submit', onSubmit, true);
    const taken = [...pressed];
    pressed.clear();
    return taken;
  };
}
