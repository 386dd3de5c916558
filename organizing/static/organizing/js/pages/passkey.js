// Says on the page that a passkey did not work: allauth's own script tells the console alone.
document.addEventListener("allauth.error", (event) => {
  const place = document.getElementById("passkey-error");
  if (place) {
    event.preventDefault();
    place.hidden = false;
  }
});
