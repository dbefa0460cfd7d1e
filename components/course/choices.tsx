type Props<Value extends string> = {
  legend: string;
  name: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string; hint: string }[];
};

/** A question with a few answers, each with a line that says what it means. */
export function Choices<Value extends string>({ legend, name, value, onChange, options }: Props<Value>) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-2 font-medium text-ink text-sm">{legend}</legend>
      {options.map((option) => (
        <div
          key={option.value}
          className="relative flex items-start gap-3 rounded-control border border-line px-3 py-2.5 transition-colors hover:border-control has-checked:border-accent has-checked:bg-accent/6"
        >
          <input
            type="radio"
            id={`${name}-${option.value}`}
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            aria-describedby={`${name}-${option.value}-hint`}
            className="relative z-1 mt-0.5 size-4 shrink-0 accent-accent"
          />
          <div className="flex min-w-0 flex-col gap-0.5">
            <label
              htmlFor={`${name}-${option.value}`}
              className="cursor-pointer font-medium text-sm leading-5 after:absolute after:inset-0"
            >
              {option.label}
            </label>
            <span id={`${name}-${option.value}-hint`} className="text-ink-2 text-xs">
              {option.hint}
            </span>
          </div>
        </div>
      ))}
    </fieldset>
  );
}
