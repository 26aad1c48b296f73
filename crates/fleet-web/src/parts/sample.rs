//! What a character would write, as an operator looks at it before letting it loose.

use askama::Template;

use crate::characters::Sample;

/// A sample, or why there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "parts/preview.html")]
pub(crate) struct Preview {
    sample: Option<SampleView>,
    failure: Option<String>,
}

/// One sample.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/sample.html")]
pub(crate) struct SampleView {
    sample: Sample,
}

impl Preview {
    pub(crate) fn of(sample: Result<Sample, String>) -> Self {
        match sample {
            Ok(sample) => Self { sample: Some(SampleView { sample }), failure: None },
            Err(failure) => Self { sample: None, failure: Some(failure) },
        }
    }

    pub(crate) fn into_parts(self) -> (Option<SampleView>, Option<String>) {
        (self.sample, self.failure)
    }
}
