// The ways in which files come to a page: picked, pasted, dropped anywhere.

/** Office programs add a picture to every text; the Finder of a Mac adds its name, as a plain text, to every file. */
const isText = (types) => types.includes('text/plain') && (types.includes('text/html') || types.includes('text/rtf'));

/** @param zone what is shown while files hang over the page; @param taken is called with an array of them */
export function takeFiles({ button, picker, input, zone }, taken) {
  button?.addEventListener('click', () => picker.click());
  picker?.addEventListener('change', () => {
    const files = [...picker.files];
    picker.value = ''; // the same one may be picked again
    taken(files);
  });
  input.addEventListener('paste', (event) => {
    const { files, types } = event.clipboardData;
    if (!files.length || isText(types)) return;
    event.preventDefault();
    taken([...files]);
  });
  let depth = 0; // how many elements the pointer is inside of
  const hang = (change) => {
    depth = Math.max(0, depth + change);
    zone.hidden = depth === 0;
  };
  const withFiles = (action) => (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    action(event);
  };
  addEventListener('dragenter', withFiles(() => hang(1)));
  addEventListener('dragleave', withFiles(() => hang(-1)));
  addEventListener('dragover', withFiles(({ dataTransfer }) => {
    dataTransfer.dropEffect = 'copy';
  }));
  addEventListener('drop', withFiles(({ dataTransfer }) => {
    hang(-depth);
    taken([...dataTransfer.files]);
  }));
}
