import type { ComponentProps } from 'react';

type Props = Omit<ComponentProps<'form'>, 'onSubmit' | 'method' | 'action'> & {
  /** What is to be done with the fields; the page stays where it is. */
  onSend: (fields: FormData) => void | Promise<void>;
};

/**
 * A form that is sent by code. Pressed before the page hears presses, it is sent once it does (`EarlyPresses`); should no
 * code run at all, its fields go nowhere else but into the body of a request, never into an address.
 */
export function Form({ onSend, ...rest }: Props) {
  return (
    <form
      {...rest}
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        void onSend(new FormData(event.currentTarget));
      }}
    />
  );
}
