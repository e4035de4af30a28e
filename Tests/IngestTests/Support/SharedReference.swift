import TestSupport

/// Path of the folder of real lookups and tables beside the checkout, if there is one.
let sharedReference = Fixture.sharedData?.appendingPathComponent("reference").path
