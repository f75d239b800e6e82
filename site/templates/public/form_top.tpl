{{#EXPIRED}}<div class="note" role="status">
<p>[[This page was open for a long time. What you typed on this page is still here.]]</p>
{{#EARLIER_LOST}}<p>[[We could not keep your answers from the other pages. Please give them again if you can.]]</p>{{/EARLIER_LOST}}
</div>{{/EXPIRED}}
{{#HAS_ERRORS}}<div class="errors" role="alert" tabindex="-1" aria-labelledby="errors-title">
<h2 id="errors-title">[[Please look at this again]]</h2>
<ul>
{{#ERRORS}}<li><a href="#{{field}}">{{#EMPTY}}[[Write what is happening. A few words are enough.]]{{/EMPTY}}{{#TOO_LONG}}[[This text is too long. You wrote {count} characters. The limit is {limit}.]]{{/TOO_LONG}}{{#TOO_LONG_TOGETHER}}[[Your answers together are too long. Please make this one shorter. You can send the rest later with your number.]]{{/TOO_LONG_TOGETHER}}{{#FILE_TOO_LARGE}}[[This file is too large. The limit is {limit}.]]{{/FILE_TOO_LARGE}}{{#TOO_MANY_FILES}}[[These are too many files. The limit is {limit} at once.]]{{/TOO_MANY_FILES}}{{#FILES_BROKEN_OFF}}[[The files did not arrive whole. Please choose them again.]]{{/FILES_BROKEN_OFF}}</a></li>
{{/ERRORS}}
</ul>
<p>[[Nothing you typed is lost.]]</p>
</div>{{/HAS_ERRORS}}
<p class="step">[[Question {number} of {total}]]</p>
