from hallterm.dispatch.strict import pick
