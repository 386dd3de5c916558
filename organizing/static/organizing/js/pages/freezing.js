// Follows how far freezing is without loading the whole page again; without JavaScript a refresh does.
const PAUSE = 1500;

async function look() {
  const answer = await fetch(location.href, { cache: "no-store" });
  if (answer.redirected) {
    location.replace(answer.url);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["freeze-progress", "freeze-status"]) {
    const [here, there] = [document.getElementById(id), page.getElementById(id)];
    if (!here || !there) continue;
    if (here instanceof HTMLProgressElement) here.value = Number(there.getAttribute("value"));
    else if (here.textContent !== there.textContent) here.textContent = there.textContent;
  }
}

async function follow() {
  try {
    await look();
  } finally {
    setTimeout(follow, PAUSE);
  }
}

setTimeout(follow, PAUSE);
