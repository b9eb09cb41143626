// Every page inside the frame. One small module each; none keeps anything in the browser.
import "./storage.js";
import "./leave.js";
import "./cover.js";
import "./autosave.js";
import "./forms.js";
import "./session.js";
import "./words.js";
