// Files can be dropped on the box; without script the same field takes them.
const box = document.querySelector("[data-drop]");
const field = box?.querySelector("input[type='file']");
for (const [name, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
  box?.addEventListener(name, (event) => {
    event.preventDefault();
    box.classList.toggle("over", over);
    if (name === "drop" && event.dataTransfer.files.length) field.files = event.dataTransfer.files;
  });
}
