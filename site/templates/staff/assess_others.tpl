{{#HIDDEN}}<div class="note"><p>{{count}} signed assessment is hidden from you: this report was drawn to be assessed twice, and the two are to be independent. You see it when you have signed yours.</p></div>{{/HIDDEN}}
{{#SECOND_WANTED}}<div class="note"><p>This report was drawn for a second, independent assessment. Somebody else of your team makes it.</p></div>{{/SECOND_WANTED}}
{{#DISAGREEMENT}}<div class="note"><p><strong>Two assessors disagree.</strong> A third person reads both and decides.</p></div>{{/DISAGREEMENT}}
{{#HAS_OTHERS}}<section aria-labelledby="others">
<h2 id="others">Signed assessments</h2>
<ul>
{{#OTHERS}}<li><a href="/report/{{id}}/assessment/{{assessment}}">{{assessor}}, {{signed_at}}</a>: {{finding_words}} · {{priority_name}}</li>
{{/OTHERS}}</ul>
</section>{{/HAS_OTHERS}}
