/** Lets somebody choose files of their computer; none where they choose none. */
export function chooseFiles({
  multiple,
  accept = '',
}: {
  multiple: boolean;
  accept?: string;
}): Promise<File[]> {
  return new Promise((resolve) => {
    const picker = document.createElement('input');
    picker.type = 'file';
    picker.multiple = multiple;
    picker.accept = accept;
    picker.addEventListener('change', () => resolve([...(picker.files ?? [])]));
    picker.addEventListener('cancel', () => resolve([]));
    picker.click();
  });
}
