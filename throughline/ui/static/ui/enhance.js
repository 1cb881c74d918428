// Turns on GOV.UK Frontend's enhancements; every page works before this runs and without it.
import { initAll } from "../built/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
