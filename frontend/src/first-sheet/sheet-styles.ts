/** The style sheets of the frame as text, with the names of classes that the components carry. */
import commandCentre from '../app/command-centre.module.css?inline'
import layout from '../app/layout.module.css?inline'
import navigation from '../app/navigation.module.css?inline'
import brand from '../components/brand.module.css?inline'
import door from '../components/door.module.css?inline'
import pageHeader from '../components/page-header.module.css?inline'
import sheet from './first-sheet.module.css?inline'

export const sheetStyles = [layout, navigation, commandCentre, brand, door, pageHeader, sheet]
