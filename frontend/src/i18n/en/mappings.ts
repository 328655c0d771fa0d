/** The words of the mappings page. */
export const mappings = {
  mappings: {
    title: 'Mappings',
    lead: 'What clients ask for, and what the upstream is asked for instead.',
    add: 'Add mapping',
    edit: 'Edit mapping',
    empty: 'No mapping yet',
    emptyHint:
      'Without mappings, every model name goes upstream as it came. Add one where an upstream calls a model by another name.',
    display: 'Clients ask for',
    displayHint: 'A model name, or a prefix with * at its end. The longest match wins.',
    upstream: 'Upstream is asked for',
    channel: 'Channel',
    everyChannel: 'Every channel',
    created: 'The mapping was added.',
    deleteTitle: 'Delete the mapping of {{name}}?',
    deleteHint: 'The name then goes upstream as it came.',
  },
}
