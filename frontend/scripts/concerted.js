// What makes pages easier where scripts run. Every page works without it.
import {
  Button,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll
} from 'govuk-frontend'
import { warnOfIdleTime } from './idle.js'

const components = [
  Button,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink
]

for (const component of components) {
  createAll(component)
}

warnOfIdleTime()

// A passkey that was not read: django-allauth tells it to nobody but the console.
document.addEventListener('allauth.error', () => {
  for (const told of document.querySelectorAll('[data-passkey-failed]')) {
    told.hidden = false
  }
})
