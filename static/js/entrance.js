// Pages before sign-in: Leave and the forms' manners, nothing else.
import "./leave.js";
import "./forms.js";
