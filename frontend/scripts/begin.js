// Says that scripts run, before anything is drawn. A file, since the pages allow no script inside them.
document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '')
