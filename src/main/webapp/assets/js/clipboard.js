/** Copies a text, also where the page is no secure context and has no clipboard of its own. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const { activeElement } = document;
    const field = Object.assign(document.createElement('textarea'), { value: text, className: 'sr', readOnly: true });
    document.body.append(field);
    field.select();
    document.execCommand('copy'); // the only way without TLS
    field.remove();
    activeElement?.focus({ preventScroll: true });
  }
}
